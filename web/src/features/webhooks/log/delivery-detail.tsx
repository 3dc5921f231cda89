import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatExactTime } from '../../../lib/format-time.ts';
import { trpc } from '../../../lib/trpc.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Hint } from '../../../ui/hint.tsx';
import { notify } from '../../../ui/notify.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import { DueTime } from '../due-time.tsx';
import type { LogEntry } from '../standing.ts';
import { AttemptList } from './attempt-list.tsx';
import { Code } from './code.tsx';
import classes from './delivery-log.module.css';

const pingType = 'webhook.ping';

interface DeliveryDetailProps {
  entry: LogEntry;
  isEnabled: boolean;
}

/** A message whole: when, what, and how each attempt went. */
export function DeliveryDetail({ entry, isEnabled }: DeliveryDetailProps) {
  const { id, eventId, type, status, createdAt, nextAttemptAt, attempts, body } = entry;
  const utils = trpc.useUtils();
  const redeliver = trpc.webhooks.redeliver.useMutation({
    onSuccess: () => {
      void notify({ title: 'Sent again', message: `As ${eventId}, byte for byte.` });
      return utils.webhooks.invalidate();
    },
    onError: notifyFailure,
  });
  const refusal = isEnabled ? null : 'Enable the webhook first.';
  return (
    <div className={classes.detail}>
      <div className={classes.facts}>
        <dl>
          <dt>Message id</dt>
          <dd>
            <code>{eventId}</code> <CopyButton text={eventId} label="Copy the message id" />
          </dd>
          <dt>Event at</dt>
          <dd>{formatExactTime(createdAt)}</dd>
          {nextAttemptAt !== null && (
            <>
              <dt>Next attempt</dt>
              <dd>
                <DueTime time={nextAttemptAt} />
              </dd>
            </>
          )}
          {status === 'discarded' && (
            <>
              <dt>Given up</dt>
              <dd>The webhook was disabled before it arrived.</dd>
            </>
          )}
        </dl>
        {status !== 'pending' && type !== pingType && (
          <Hint label={refusal}>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconRefresh size={14} />}
              disabled={!isEnabled}
              loading={redeliver.isPending}
              onClick={() => redeliver.mutate({ id })}
            >
              Send again
            </Button>
          </Hint>
        )}
      </div>
      {attempts.length > 0 && <AttemptList attempts={attempts} />}
      <h3>
        Body <CopyButton text={body} label="Copy the body as it is sent" />
      </h3>
      <Code name="Body" text={readable(body)} />
    </div>
  );
}

/** Over several lines; it is sent in one. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
