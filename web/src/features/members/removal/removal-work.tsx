import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { MemberListSkeleton } from '../list/member-list-skeleton.tsx';
import type { Member } from '../member.ts';
import { ConfirmRemoval } from './confirm-removal.tsx';
import { LeaverKeys } from './leaver-keys.tsx';
import { RemovalSteps } from './removal-steps.tsx';
import { type Removed, removeAndConfirm } from './remove-and-confirm.ts';
import { SecretGuard } from './secret-guard.tsx';
import { useLeaverKeys } from './use-leaver-keys.ts';

interface RemovalWorkProps {
  member: Member;
  onRemoved: (removed: Removed) => void;
}

/** What dies, who goes on with it, and the removal itself. The secrets live in this state alone. */
export function RemovalWork({ member, onRemoved }: RemovalWorkProps) {
  const membership = useMembership();
  const { client } = trpc.useUtils();
  const isSelf = member.userId === membership.user.id;
  const [secrets, setSecrets] = useState<ReadonlyMap<string, string>>(new Map());
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
  const store = (keyId: string, secret: string | null) => {
    const others = [...secrets].filter(([id]) => id !== keyId);
    setSecrets(new Map(secret === null ? others : [...others, [keyId, secret]]));
  };
  const isInUse = leaverKeys.some(({ callsIn30Days, successor }) => callsIn30Days > 0 || successor);
  return (
    <>
      {isInUse && isAdmin(membership) && <RemovalSteps leaverKeys={leaverKeys} />}
      {leaverKeys.length > 0 && (
        <LeaverKeys
          leaverKeys={leaverKeys}
          secrets={secrets}
          onMinted={store}
          onStored={(keyId) => store(keyId, null)}
        />
      )}
      {secrets.size > 0 && <SecretGuard />}
      <ConfirmRemoval
        member={member}
        leaverKeys={leaverKeys}
        isSelf={isSelf}
        isPending={remove.isPending}
        error={remove.error}
        refusal={secrets.size > 0 ? 'Store the secret above first.' : null}
        onRemove={() => remove.mutate(leaverKeys.map(({ key }) => key.id))}
      />
    </>
  );
}
