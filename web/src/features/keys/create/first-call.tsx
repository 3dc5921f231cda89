import type { Key } from '@keyward/shared/keys';
import { Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { describeOutcome } from '../../../lib/describe-outcome.ts';
import { formatExactTime } from '../../../lib/format-time.ts';
import { trpc } from '../../../lib/trpc.ts';
import { sumOutcomes } from '../../../lib/usage-rows.ts';
import { Panel } from '../../../ui/panel.tsx';
import classes from './first-call.module.css';

// The counts are written each second: to ask more often would tell nothing sooner.
const askEveryMs = 1_000;

/** Waits for the first time that somebody asks whether this key is good. Asks while the page is visible. */
export function FirstCall({ apiKey }: { apiKey: Key }) {
  const { id, createdAt } = apiKey;
  const key = trpc.keys.get.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data?.usage.lastUsedAt ? false : askEveryMs) },
  );
  const { lastUsedAt = null, lastUsedIp = null } = key.data?.usage ?? {};
  const isSeen = lastUsedAt !== null;
  const usage = trpc.keys.usage.useQuery(
    { id, from: createdAt },
    { enabled: !isSeen, refetchInterval: 2 * askEveryMs },
  );
  const refusals = sumOutcomes(usage.data ?? []).filter(({ outcome }) => outcome !== 'VALID');
  return (
    <Panel className={classes.root}>
      <div role="status">
        <Title order={2} className={classes.title} data-seen={isSeen || undefined}>
          {isSeen ? (
            <IconCircleCheck size={18} aria-hidden="true" />
          ) : (
            <span className={classes.dot} aria-hidden="true" />
          )}
          {isSeen ? 'The first call has arrived' : 'Waiting for the first call…'}
        </Title>
        {isSeen ? (
          <p className={classes.text}>
            {formatExactTime(lastUsedAt)}, {lastUsedIp === null ? 'address not told' : 'from '}
            {lastUsedIp !== null && <code>{lastUsedIp}</code>}
          </p>
        ) : (
          <p className={classes.text}>
            This turns green by itself once your API or a gateway asks Keyward about the key and
            hears that it is good. The page of the key tells it too.
          </p>
        )}
        {!isSeen && refusals.length > 0 && (
          <p className={classes.refused}>
            Asked about and refused so far:{' '}
            {refusals
              .map(({ outcome, count }) => `${describeOutcome[outcome].label} (${count})`)
              .join(', ')}
          </p>
        )}
      </div>
      {key.isError && (
        <p className={classes.text}>Keyward cannot be asked right now. It is tried again.</p>
      )}
    </Panel>
  );
}
