import type { Key } from '@keyward/shared/keys';
import { UnstyledButton } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { toFailure } from '../../../lib/failure.ts';
import { formatPermissionGroup, groupPermissions } from '../../../lib/permission-groups.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import classes from './found-keys.module.css';

const mostShown = 8;

interface FoundKeysProps {
  /** Empty for the newest keys. */
  q: string;
  onChoose: (key: Key) => void;
}

/** The keys that one may see and that match, newest first, each a choice. */
export function FoundKeys({ q, onChoose }: FoundKeysProps) {
  const found = trpc.keys.list.useQuery(
    { limit: mostShown, ...(q !== '' && { q }) },
    { placeholderData: keepPreviousData },
  );
  if (found.isError) {
    return <FailureNotice failure={toFailure(found.error)} onRetry={() => void found.refetch()} />;
  }
  const keys = found.data?.data ?? [];
  return (
    <div className={classes.root}>
      <p role="status" className="visually-hidden">
        {found.isSuccess && `${keys.length} keys found`}
      </p>
      <ul className={classes.list}>
        {keys.map((key) => (
          <li key={key.id}>
            <UnstyledButton className={classes.key} onClick={() => onChoose(key)}>
              <span className={classes.name}>{key.name}</span>
              <MaskedSecret apiKey={key} />
              <span className={classes.permissions}>{describePermissions(key)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {found.isSuccess && keys.length === 0 && <p>No key matches.</p>}
      {found.data?.nextCursor != null && (
        <p className={classes.more}>There are more. Type to find yours.</p>
      )}
    </div>
  );
}

function describePermissions({ service, permissions }: Key): string {
  const groups = groupPermissions(permissions).map(formatPermissionGroup);
  return `${service} · ${groups.length === 0 ? 'no permissions' : groups.join('; ')}`;
}
