import type { AuditVerdict } from '@keyward/shared/audit-verdict';
import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { toFailure } from '../../lib/failure.ts';
import { formatCount, formatDate } from '../../lib/format-time.ts';
import { trpc } from '../../lib/trpc.ts';
import type { AuditScope } from '../../lib/use-audit-pages.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BrokenLog } from './broken-log.tsx';
import classes from './verify-panel.module.css';

/** Whether the log is as it was recorded: asked by a button, for a long one takes a while. */
export function VerifyPanel({ scope }: { scope: AuditScope }) {
  const ofOrganization = trpc.audit.verify.useMutation();
  const ofInstance = trpc.audit.instance.verify.useMutation();
  const verify = scope === 'organization' ? ofOrganization : ofInstance;
  const verdict = verify.data;
  return (
    <Panel className={classes.root}>
      <div className={classes.line}>
        <IconShieldCheck size={20} stroke={1.75} className={classes.icon} aria-hidden="true" />
        <div role="status" className={classes.text}>
          {verify.isPending ? 'Looking through the whole log…' : <Found verdict={verdict} />}
        </div>
        <Button
          variant="default"
          size="sm"
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {verdict === undefined ? 'Verify' : 'Verify again'}
        </Button>
      </div>
      {verdict?.broken && !verify.isPending && <BrokenLog broken={verdict.broken} />}
      {verify.isError && (
        <div className={classes.failure}>
          <FailureNotice failure={toFailure(verify.error)} onRetry={() => verify.mutate()} />
        </div>
      )}
    </Panel>
  );
}

function Found({ verdict }: { verdict: AuditVerdict | undefined }) {
  if (verdict === undefined) {
    return 'Each event holds a hash of the one before it: what is changed or removed breaks the chain.';
  }
  return verdict.broken === null ? (
    <Whole verdict={verdict} />
  ) : (
    'This log is not as it was recorded.'
  );
}

function Whole({ verdict: { events, since, head } }: { verdict: AuditVerdict }) {
  const what = events === 1 ? '1 event' : `${formatCount(events)} events`;
  return (
    <>
      <strong className={classes.good}>
        {since === null ? 'No event yet' : `${what}, unbroken since ${formatDate(since)}`}
      </strong>
      {head !== null && (
        <span className={classes.head}>
          Its last hash: <code>{head.hash.slice(0, 16)}…</code>
          <CopyButton
            text={`${head.number} ${head.hash}`}
            label="Copy the number and hash of the last event"
          />
          <span>
            Noted elsewhere, it shows later that nothing up to event {formatCount(head.number)} was
            written anew.
          </span>
        </span>
      )}
    </>
  );
}
