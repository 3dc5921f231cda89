import { Skeleton } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { formatPermissionGroup, groupPermissions } from '../../../lib/permission-groups.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import type { Member } from '../member.ts';
import classes from './demotion-notice.module.css';

/** What a member's keys lose together with the role of owner or admin. */
export function DemotionNotice({ member, isSelf }: { member: Member; isSelf: boolean }) {
  const preview = trpc.members.previewRemoval.useQuery({ userId: member.userId });
  if (preview.isError) {
    return (
      <FailureNotice failure={toFailure(preview.error)} onRetry={() => void preview.refetch()} />
    );
  }
  const losing = preview.data?.filter(({ adminOnly }) => adminOnly.length > 0);
  const whose = isSelf ? 'your' : 'their';
  return (
    <div className={classes.root} role="status">
      {losing === undefined && <Skeleton height={14} my={4} />}
      {losing?.length === 0 && (
        <p>None of {whose} keys holds a permission that only an owner or admin may have.</p>
      )}
      {losing !== undefined && losing.length > 0 && (
        <>
          <p>
            {losing.length === 1
              ? `On one of ${whose} keys`
              : `On ${losing.length} of ${whose} keys`}{' '}
            these permissions stop counting at once. They count again if the role comes back.
          </p>
          <ul>
            {losing.map(({ key, adminOnly }) => (
              <li key={key.id}>
                <strong>{key.name}</strong>{' '}
                {groupPermissions(adminOnly).map(formatPermissionGroup).join('; ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
