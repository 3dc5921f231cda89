import { useEffect } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import classes from './webhook-page.module.css';

const askEveryMs = 700;

interface TestResultProps {
  webhookId: string;
  deliveryId: string;
}

/** The answer to a test event, as soon as there is one. */
export function TestResult({ webhookId, deliveryId }: TestResultProps) {
  const log = trpc.webhooks.log.useQuery(
    { id: webhookId, limit: 20 },
    {
      refetchInterval: ({ state }) =>
        find(state.data?.data, deliveryId)?.attempts.length ? false : askEveryMs,
    },
  );
  const attempt = find(log.data?.data, deliveryId)?.attempts[0];
  const utils = trpc.useUtils();
  const hasCome = attempt !== undefined;
  useEffect(() => {
    if (hasCome) {
      // The rest of the page tells of it too.
      void utils.webhooks.invalidate();
    }
  }, [hasCome, utils]);
  if (attempt === undefined) {
    return <StatusMark tone="warn">Waiting for the answer to the test event…</StatusMark>;
  }
  const { statusCode, error, durationMs, response } = attempt;
  return (
    <>
      <div className={classes.state}>
        <StatusMark tone={error === null ? 'good' : 'bad'}>
          {error === null ? 'The test event arrived' : 'The test event did not arrive'}
        </StatusMark>
        <span>
          {error ?? `The receiver answered ${statusCode}.`} It took {durationMs} ms.
        </span>
      </div>
      {response !== null && response !== '' && <pre className={classes.answer}>{response}</pre>}
    </>
  );
}

const find = <Entry extends { id: string }>(entries: readonly Entry[] | undefined, id: string) =>
  entries?.find((entry) => entry.id === id);
