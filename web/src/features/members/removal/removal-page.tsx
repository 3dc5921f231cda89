import { IconArrowLeft, IconUserOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { isAdmin, type Membership, useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { EmptyNotice } from '../../../ui/empty-notice.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ReceiptLine } from '../../../ui/receipt-line.tsx';
import { MemberListSkeleton } from '../list/member-list-skeleton.tsx';
import type { Member } from '../member.ts';
import { refusalOfChange } from '../roles/member-rules.ts';
import { roleWords } from '../roles/role-words.ts';
import { deadKeys, RemovalDone } from './removal-done.tsx';
import classes from './removal-page.module.css';
import { RemovalWork } from './removal-work.tsx';
import type { Removed } from './remove-and-confirm.ts';

interface RemovalPageProps {
  userId: string;
  /** Somebody has left by themselves: to them the organization is gone. */
  onLeft: () => void;
}

/** The offboarding of a member: what would break, who takes it over, and then the removal. */
export function RemovalPage({ userId, onLeft }: RemovalPageProps) {
  const membership = useMembership();
  const utils = trpc.useUtils();
  const members = trpc.members.list.useQuery();
  const [done, setDone] = useState<{ name: string; removed: Removed } | null>(null);
  /** Whom the page stays with, whatever becomes of them, while a secret stands on it. */
  const [held, setHeld] = useState<Member | null>(null);
  if (done !== null) {
    return <RemovalDone {...done} />;
  }
  const isSelf = userId === membership.user.id;
  const member = held ?? members.data?.find((one) => one.userId === userId);
  const finish = (name: string, removed: Removed) => {
    if (isSelf) {
      const { revokedKeys, receipt } = removed;
      void notify({
        title: `You have left ${membership.organization.name}`,
        message: receipt !== null && revokedKeys > 0 && (
          <ReceiptLine what={deadKeys(revokedKeys)} receipt={receipt} />
        ),
      });
      onLeft();
      return;
    }
    setDone({ name, removed });
    void utils.members.list.invalidate();
    void utils.invitations.list.invalidate();
    void utils.keys.invalidate();
  };
  const refusal =
    member && held === null && members.data
      ? refusalOfChange(membership, member, members.data)
      : null;
  return (
    <>
      <BackToMembers slug={membership.organization.slug} />
      <PageHeader
        title={titleOf(member, isSelf, membership)}
        description={member && refusal === null && describe(member, isSelf, membership)}
      />
      {members.isPending && <MemberListSkeleton label="Loading the member" />}
      {members.isError && (
        <FailureNotice failure={toFailure(members.error)} onRetry={() => void members.refetch()} />
      )}
      {members.data !== undefined && member === undefined && (
        <EmptyNotice icon={<IconUserOff size={22} />} title="No such member">
          They may have been removed already. The list of members says who is left.
        </EmptyNotice>
      )}
      {member !== undefined && refusal !== null && (
        <EmptyNotice icon={<IconUserOff size={22} />} title="This cannot be done now">
          {refusal}
        </EmptyNotice>
      )}
      {member !== undefined && refusal === null && (
        <RemovalWork
          member={member}
          onRemoved={(removed) => finish(member.name, removed)}
          onHold={(isHeld) => setHeld(isHeld ? member : null)}
        />
      )}
    </>
  );
}

function titleOf(member: Member | undefined, isSelf: boolean, { organization }: Membership) {
  if (isSelf) {
    return `Leave ${organization.name}`;
  }
  return member === undefined ? 'Remove member' : `Remove ${member.name}`;
}

function describe(member: Member, isSelf: boolean, membership: Membership): string {
  const { organization } = membership;
  if (!isSelf) {
    return `${member.email} is ${roleWords[member.role].one} of ${organization.name}. Their user keys die with the membership; bot keys stay.`;
  }
  return isAdmin(membership)
    ? 'Your user keys die with your membership; bot keys stay. Hand over first what is to go on.'
    : 'Your user keys die with your membership. If something calls with one, ask an owner or admin to hand it over to a bot first.';
}

function BackToMembers({ slug }: { slug: string }) {
  return (
    <Link
      to="/o/$organizationSlug/members"
      params={{ organizationSlug: slug }}
      className={classes.back}
    >
      <IconArrowLeft size={16} aria-hidden="true" />
      Members
    </Link>
  );
}
