import { Skeleton, Stack } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { useAuditPages } from '../../../lib/use-audit-pages.ts';
import { auditEventId } from '../../../ui/audit-event-row.tsx';
import { AuditEvents } from '../../../ui/audit-events.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { LoadMore } from '../../../ui/load-more.tsx';
import { useKey } from '../key-context.ts';
import classes from './key-history.module.css';

/** The events of a key and, where it is a member's, of that membership, which it lives and dies with. */
export function KeyHistory() {
  const { id, user } = useKey();
  const pages = useAuditPages({ targetId: user === null ? [id] : [id, user.id] });
  const events = pages.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <p className={classes.note}>
        {user === null
          ? 'Every change of this key, newest first.'
          : `Every change of this key and of ${user.name}’s membership, newest first.`}{' '}
        Times are in your zone.
      </p>
      {pages.isPending && (
        <Stack gap="xs">
          <Skeleton height={20} width={90} />
          <Skeleton height={240} radius="lg" />
        </Stack>
      )}
      {pages.isError && (
        <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      <AuditEvents
        events={events}
        nameTarget={({ targetId }) => (targetId === id ? 'this key' : (user?.name ?? targetId))}
      />
      <LoadMore pages={pages} elementOf={auditEventId} />
    </>
  );
}
