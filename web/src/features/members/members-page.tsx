import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { InvitationSection } from './invitations/invitation-section.tsx';
import { InviteForm } from './invitations/invite-form.tsx';
import { MemberList } from './list/member-list.tsx';
import { MemberListSkeleton } from './list/member-list-skeleton.tsx';
import type { Member } from './member.ts';
import classes from './members-page.module.css';
import { ChangeRoleForm } from './roles/change-role-form.tsx';
import { RoleGuide } from './roles/role-guide.tsx';

/** Who belongs to the organization, as what, and who is on the way. */
export function MembersPage({ onOwnRoleChanged }: { onOwnRoleChanged: () => void }) {
  const membership = useMembership();
  const { name } = membership.organization;
  const members = trpc.members.list.useQuery();
  const [changing, setChanging] = useState<Member | null>(null);
  const [isInviting, setInviting] = useState(false);
  const manages = isAdmin(membership);
  return (
    <>
      <PageHeader
        title="Members"
        description={
          manages
            ? `Who belongs to ${name}, and what they may do. A user key dies with its owner’s membership.`
            : `Who belongs to ${name}. Its owners and admins invite and remove members.`
        }
        action={
          manages && (
            <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
              Invite member
            </Button>
          )
        }
      />
      {members.isError && (
        <FailureNotice failure={toFailure(members.error)} onRetry={() => void members.refetch()} />
      )}
      {members.isPending && <MemberListSkeleton label="Loading members" />}
      {members.data !== undefined && (
        <MemberList members={members.data} onChangeRole={setChanging} />
      )}
      <div className={classes.guide}>
        <RoleGuide />
      </div>
      {manages && <InvitationSection />}
      <Dialog title="Change role" isOpen={changing !== null} onClose={() => setChanging(null)}>
        {changing !== null && (
          <ChangeRoleForm
            member={changing}
            onDone={() => setChanging(null)}
            onOwnRoleChanged={onOwnRoleChanged}
          />
        )}
      </Dialog>
      <Dialog title="Invite member" isOpen={isInviting} onClose={() => setInviting(false)}>
        <InviteForm onDone={() => setInviting(false)} />
      </Dialog>
    </>
  );
}
