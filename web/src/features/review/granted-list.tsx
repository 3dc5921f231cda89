import type { Permission } from '@keyward/shared/permissions';
import { Title } from '@mantine/core';
import { formatBucket } from '../../lib/format-time.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import type { ReviewItem } from './review-item.ts';
import classes from './review-part.module.css';

const shown = 8;

/** What the key may do beside what it did: what it does without stands first. */
export function GrantedList({ item }: { item: ReviewItem }) {
  const { permissions } = item.key;
  const isUnused = (one: Permission) => item.unusedPermissions.includes(one);
  const sorted = [...permissions.filter(isUnused), ...permissions.filter((one) => !isUnused(one))];
  return (
    <section aria-labelledby="review-granted" className={classes.root}>
      <Title order={3} id="review-granted">
        Permissions, granted and used
      </Title>
      {sorted.length === 0 && <p className={classes.quiet}>It may do nothing but be valid.</p>}
      <Grants permissions={sorted.slice(0, shown)} item={item} />
      {sorted.length > shown && (
        <Disclosure key={item.key.id} title={`${sorted.length - shown} more`}>
          <Grants permissions={sorted.slice(shown)} item={item} />
        </Disclosure>
      )}
    </section>
  );
}

interface GrantsProps {
  permissions: readonly Permission[];
  item: ReviewItem;
}

function Grants({ permissions, item }: GrantsProps) {
  return (
    <ul className={classes.rows}>
      {permissions.map((permission) => (
        <li key={permission}>
          <code>{permission}</code>
          <span
            className={classes.use}
            data-tone={item.unusedPermissions.includes(permission) ? 'warn' : 'good'}
          >
            {describeUse(permission, item)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function describeUse(permission: Permission, { uses, unusedPermissions }: ReviewItem): string {
  const resource = permission.endsWith(':*') ? permission.slice(0, -1) : null;
  const met = uses.filter(
    (use) => use.permission === permission || (resource && use.permission.startsWith(resource)),
  );
  const last = met
    .map(({ lastUsedOn }) => lastUsedOn)
    .toSorted()
    .at(-1);
  if (last === undefined) {
    return 'Never used';
  }
  const when = formatBucket(last, 'day');
  if (resource === null || !unusedPermissions.includes(permission)) {
    return `Last used ${when}`;
  }
  const actions = met.map((use) => use.permission.slice(resource.length)).join(', ');
  return `Only ${actions}, last ${when}`;
}
