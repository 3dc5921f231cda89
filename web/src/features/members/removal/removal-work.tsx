import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { SecretGuard } from '../../../ui/secret-guard.tsx';
import { MemberListSkeleton } from '../list/member-list-skeleton.tsx';
import type { LeaverKey, Member } from '../member.ts';
import { ConfirmRemoval } from './confirm-removal.tsx';
import { LeaverKeys } from './leaver-keys.tsx';
import { RemovalSteps } from './removal-steps.tsx';
import { type Removed, removeAndConfirm } from './remove-and-confirm.ts';
import { useLeaverKeys } from './use-leaver-keys.ts';

interface RemovalWorkProps {
  member: Member;
  onRemoved: (removed: Removed) => void;
  /** Whether a secret stands here that nobody will see again: then this is not to be taken away. */
  onHold: (isHeld: boolean) => void;
}

/** A bot key's secret, with the key that it follows. */
interface Minted {
  leaver: LeaverKey;
  secret: string;
}

/** What dies, who goes on with it, and the removal itself. The secrets live in this state alone. */
export function RemovalWork({ member, onRemoved, onHold }: RemovalWorkProps) {
  const membership = useMembership();
  const { client } = trpc.useUtils();
  const isSelf = member.userId === membership.user.id;
  const [minted, setMinted] = useState<readonly Minted[]>([]);
  const remove = useMutation({
    mutationFn: (keyIds: readonly string[]) =>
      removeAndConfirm(client, { userId: member.userId, keyIds, isSelf }),
    onSuccess: onRemoved,
  });
  // Nothing is asked of a membership that is just being ended.
  const { preview, leaverKeys } = useLeaverKeys(member.userId, {
    enabled: remove.isIdle || remove.isError,
  });
  if (leaverKeys === undefined) {
    return preview.isError ? (
      <FailureNotice failure={toFailure(preview.error)} onRetry={() => void preview.refetch()} />
    ) : (
      <MemberListSkeleton label="Loading the keys" />
    );
  }
  const hold = (next: readonly Minted[]) => {
    setMinted(next);
    onHold(next.length > 0);
  };
  const without = (keyId: string) => minted.filter(({ leaver }) => leaver.key.id !== keyId);
  // Somebody may revoke a key while its successor's secret stands by it: it stays until that is stored.
  const gone = minted
    .map(({ leaver }) => leaver)
    .filter((leaver) => leaverKeys.every(({ key }) => key.id !== leaver.key.id));
  const shown = [...leaverKeys, ...gone];
  const isInUse = leaverKeys.some(({ callsIn30Days, successor }) => callsIn30Days > 0 || successor);
  return (
    <>
      {isInUse && isAdmin(membership) && <RemovalSteps leaverKeys={leaverKeys} />}
      {shown.length > 0 && (
        <LeaverKeys
          leaverKeys={shown}
          secrets={new Map(minted.map(({ leaver, secret }) => [leaver.key.id, secret]))}
          onMinted={(leaver, secret) => hold([...without(leaver.key.id), { leaver, secret }])}
          onStored={(keyId) => hold(without(keyId))}
        />
      )}
      {minted.length > 0 && <SecretGuard what="the bot key" />}
      <ConfirmRemoval
        member={member}
        leaverKeys={leaverKeys}
        isSelf={isSelf}
        isPending={remove.isPending}
        error={remove.error}
        refusal={minted.length > 0 ? 'Store the secret above first.' : null}
        onRemove={() => remove.mutate(leaverKeys.map(({ key }) => key.id))}
      />
    </>
  );
}
