import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import { describeReceipt } from '../../../lib/describe-receipt.ts';
import { toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import classes from './standing-panel.module.css';
import { SuspendForm } from './suspend-form.tsx';

/** For operators: whether the keys of the organization are accepted at all. */
export function StandingPanel({ onChanged }: { onChanged: () => Promise<void> }) {
  const { organization } = useMembership();
  const { id, name, status } = organization;
  const [isAsking, setAsking] = useState(false);
  const update = trpc.organizations.update.useMutation({
    onSuccess: async () => {
      setAsking(false);
      await onChanged();
    },
  });
  const failure = update.isError ? toFailure(update.error) : null;
  const isActive = status === 'active';
  return (
    <Panel>
      <section aria-labelledby="standing">
        <div className={classes.head}>
          <Title order={2} id="standing">
            Standing
          </Title>
          <StatusMark tone={isActive ? 'good' : 'warn'}>
            {isActive ? 'Active' : 'Suspended'}
          </StatusMark>
        </div>
        <p className={classes.text}>
          {isActive
            ? `You are the operator, so you can suspend ${name}: all its keys are refused, and its members are kept out, until you resume it.`
            : `${name} is suspended: all its keys are refused, and its members cannot enter. Resume it, and everything is as it was.`}
        </p>
        {isActive ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            Suspend organization
          </Button>
        ) : (
          <Button
            loading={update.isPending}
            onClick={() => update.mutate({ id, changes: { status: 'active' } })}
          >
            Resume organization
          </Button>
        )}
        <p role="status" className={classes.receipt}>
          {update.isSuccess &&
            `${update.data.organization.status === 'suspended' ? 'Suspended' : 'Resumed'}. ${describeReceipt(update.data.receipt)}.`}
        </p>
        {failure !== null && !isAsking && <FailureNotice failure={failure} />}
      </section>
      <Dialog title={`Suspend ${name}`} isOpen={isAsking} onClose={() => setAsking(false)}>
        <SuspendForm
          organization={organization}
          failure={failure}
          isPending={update.isPending}
          onSuspend={() => update.mutate({ id, changes: { status: 'suspended' } })}
          onClose={() => setAsking(false)}
        />
      </Dialog>
    </Panel>
  );
}
