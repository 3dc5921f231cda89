import type { Key } from '@keyward/shared/keys';
import { formatCount } from '../../../lib/format-time.ts';
import { CalendarDate } from '../../../ui/calendar-date.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Fact } from '../fact.tsx';
import pieces from '../key-pieces.module.css';
import { statusLabels, statusTones } from '../labels.ts';
import { LastUsed } from '../last-used.tsx';
import classes from './key-headline.module.css';
import { useKeyHealth } from './use-key-health.ts';

/** What one wants to know of a key before anything else. */
export function KeyHeadline({ apiKey }: { apiKey: Key }) {
  const { status, usage, createdAt } = apiKey;
  return (
    <Panel>
      <dl className={classes.root}>
        <Fact name="Status">
          <StatusMark tone={statusTones[status]}>{statusLabels[status]}</StatusMark>
          <HealthReason apiKey={apiKey} />
        </Fact>
        <Fact name="Last used">
          <LastUsed apiKey={apiKey} />
        </Fact>
        <Fact name="Accepted calls">
          <span className={classes.figure}>{formatCount(usage.totalRequests)}</span>
          <span className={pieces.second}>
            since <CalendarDate time={createdAt} />
          </span>
        </Fact>
        <Fact name={status === 'expired' ? 'Expired' : 'Expires'}>
          <Expiry apiKey={apiKey} />
        </Fact>
      </dl>
    </Panel>
  );
}

/** Why it stands as it does; the status itself need not be said twice. */
function HealthReason({ apiKey }: { apiKey: Key }) {
  const { code, label, reason } = useKeyHealth(apiKey);
  const isSaid = label === statusLabels[apiKey.status];
  const text = [isSaid ? null : label, reason].filter(Boolean);
  return (
    text.length > 0 && (
      <span className={classes.reason}>{text.join(code === 'neverUsed' ? ', ' : ' ')}</span>
    )
  );
}

function Expiry({ apiKey: { expiresAt } }: { apiKey: Key }) {
  if (expiresAt === null) {
    return 'Never';
  }
  return (
    <>
      <span className={classes.figure}>
        <CalendarDate time={expiresAt} />
      </span>
      <span className={pieces.second}>
        <RelativeTime time={expiresAt} />
      </span>
    </>
  );
}
