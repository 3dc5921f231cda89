import { Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { MemberListSkeleton } from '../list/member-list-skeleton.tsx';
import type { OpenInvitation } from '../member.ts';
import { CancelForm } from './cancel-form.tsx';
import classes from './invitation-list.module.css';
import { InvitationRow } from './invitation-row.tsx';
import { RenewForm } from './renew-form.tsx';

/** Who was invited and has not joined yet. */
export function InvitationSection() {
  const list = trpc.invitations.list.useQuery(undefined, {
    // Until it is known what became of the mails.
    refetchInterval: ({ state }) =>
      state.data?.some(({ mail }) => mail?.status === 'waiting') ? 3_000 : false,
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const [renewing, setRenewing] = useState<OpenInvitation | null>(null);
  const [cancelling, setCancelling] = useState<OpenInvitation | null>(null);
  const close = () => {
    setRenewing(null);
    setCancelling(null);
  };
  // The row that the dialog was opened from is gone, or another: the focus goes to the list.
  const finish = () => {
    close();
    requestAnimationFrame(() => heading.current?.focus());
  };
  return (
    <section aria-labelledby="invitations" className={classes.section}>
      <Title order={2} id="invitations" ref={heading} tabIndex={-1}>
        Pending invitations
      </Title>
      {list.isError && (
        <FailureNotice failure={toFailure(list.error)} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <MemberListSkeleton label="Loading invitations" rows={1} />}
      {list.data?.length === 0 && (
        <p className={classes.none}>
          Nobody is on the way. Invite somebody, and they are listed here until they join.
        </p>
      )}
      {list.data !== undefined && list.data.length > 0 && (
        <ul className={classes.list} aria-labelledby="invitations">
          {list.data.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              onRenew={setRenewing}
              onCancel={setCancelling}
            />
          ))}
        </ul>
      )}
      <Dialog title="New link" isOpen={renewing !== null} onClose={close}>
        {renewing !== null && <RenewForm invitation={renewing} onDone={finish} onCancel={close} />}
      </Dialog>
      <Dialog title="Revoke invitation" isOpen={cancelling !== null} onClose={close}>
        {cancelling !== null && (
          <CancelForm invitation={cancelling} onDone={finish} onCancel={close} />
        )}
      </Dialog>
    </section>
  );
}
