import { Button } from '@mantine/core';
import { Panel } from '../../../ui/panel.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { describeHealth, describePatience } from '../describe-health.ts';
import { DueTime } from '../due-time.tsx';
import type { Standing } from '../standing.ts';
import { useUpdateWebhook } from '../use-update-webhook.ts';
import { TestEvent } from './test-event.tsx';
import classes from './webhook-page.module.css';

/** How a webhook fares, what to do about it, and a test. */
export function WebhookStatus({ standing }: { standing: Standing }) {
  const { webhook, pending, nextAttemptAt } = standing;
  const { tone, label, detail } = describeHealth(standing);
  const patience = describePatience(webhook);
  const update = useUpdateWebhook();
  const enable = (
    <Button
      loading={update.isPending}
      onClick={() => update.mutate({ id: webhook.id, changes: { enabled: true } })}
    >
      Enable
    </Button>
  );
  return (
    <Panel>
      <section aria-label="Status">
        <TestEvent webhookId={webhook.id} action={!webhook.enabled && enable}>
          <div>
            <div className={classes.state}>
              <StatusMark tone={tone}>{label}</StatusMark>
              {detail !== null && <span>{detail}</span>}
            </div>
            {pending > 0 && webhook.enabled && (
              <p className={classes.text}>
                {pending === 1 ? 'One message waits' : `${pending} messages wait`}
                {nextAttemptAt !== null && (
                  <>
                    , the next attempt is <DueTime time={nextAttemptAt} />
                  </>
                )}
                .
              </p>
            )}
            {patience !== null && <p className={classes.text}>{patience}</p>}
            {!webhook.enabled && (
              <p className={classes.text}>{remedyOf(webhook.disabledBecause)}</p>
            )}
          </div>
        </TestEvent>
      </section>
    </Panel>
  );
}

function remedyOf(disabledBecause: string | null): string {
  const missed = 'What happens meanwhile is not sent, not even later.';
  if (disabledBecause === null) {
    return missed;
  }
  return disabledBecause.includes('410')
    ? `That is how a receiver says that it wants no more. If it should, let it answer with 2xx, send a test event, then enable the webhook. ${missed}`
    : `Look into the failed messages below, mend the receiver, send a test event, then enable the webhook and send again what failed. ${missed}`;
}
