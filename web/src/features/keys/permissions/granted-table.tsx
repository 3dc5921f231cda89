import type { Resource } from '@keyward/shared/built-in-permissions';
import { Fragment } from 'react';
import { formatCount, formatDay } from '../../../lib/format-time.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import classes from './granted-table.module.css';
import {
  actionOf,
  type GrantedResource,
  type GrantedUse,
  type PermissionUse,
} from './granted-use.ts';

interface GrantedTableProps {
  granted: readonly GrantedResource[];
  /** Every resource that the service knows; a grant of none of these opens nothing. */
  resources: readonly Resource[];
  /** What was used on this day or later counts as used lately. */
  since: string;
}

/** What is granted beside what was used. */
export function GrantedTable({ granted, resources, since }: GrantedTableProps) {
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">Granted permissions, and when each was used</caption>
      <thead>
        <tr>
          <th scope="col">Permission</th>
          <th scope="col">Last used</th>
          <th scope="col">Days of use</th>
          <th scope="col">Standing</th>
        </tr>
      </thead>
      <tbody>
        {granted.map(({ name, grants }) => {
          const resource = resources.find((one) => one.name === name);
          return grants.map((grant) => (
            <Fragment key={grant.permission}>
              <GrantRow grant={grant} resource={resource} since={since} />
              {grant.through.map((use) => (
                <UseRow key={use.permission} {...use} />
              ))}
            </Fragment>
          ));
        })}
      </tbody>
    </table>
  );
}

interface GrantRowProps {
  grant: GrantedUse;
  resource: Resource | undefined;
  since: string;
}

function GrantRow({ grant, resource, since }: GrantRowProps) {
  const { permission, lastUsedOn, days } = grant;
  return (
    <tr data-kind="grant">
      <th scope="row">
        <code className={classes.permission}>{permission}</code>
        <span className={classes.meaning}>{meaningOf(grant, resource)}</span>
      </th>
      <td data-label="Last used" data-empty={lastUsedOn === null || undefined}>
        {lastUsedOn === null ? '–' : formatDay(lastUsedOn)}
      </td>
      <td data-label="Days of use" data-empty={days === null || undefined}>
        {days === null ? '–' : formatCount(days)}
      </td>
      <td data-label="Standing">
        <Standing grant={grant} isKnown={resource !== undefined} since={since} />
      </td>
    </tr>
  );
}

function Standing({
  grant,
  isKnown,
  since,
}: {
  grant: GrantedUse;
  isKnown: boolean;
  since: string;
}) {
  if (!isKnown) {
    return <StatusMark tone="quiet">Not in the service</StatusMark>;
  }
  if (grant.lastUsedOn === null) {
    return <StatusMark tone="warn">Never used</StatusMark>;
  }
  return grant.lastUsedOn < since ? (
    <StatusMark tone="quiet">Not used lately</StatusMark>
  ) : (
    <StatusMark tone="good">In use</StatusMark>
  );
}

function UseRow({ permission, lastUsedOn, days }: PermissionUse) {
  return (
    <tr data-kind="use">
      <th scope="row">
        <span className={classes.through}>
          used through it: <code>{permission}</code>
        </span>
      </th>
      <td data-label="Last used">{formatDay(lastUsedOn)}</td>
      <td data-label="Days of use">{formatCount(days)}</td>
      <td className={classes.absent} />
    </tr>
  );
}

function meaningOf({ permission, action }: GrantedUse, resource: Resource | undefined): string {
  if (resource === undefined) {
    return 'The service has no such resource any more: it opens nothing.';
  }
  return action === '*'
    ? `Every action: ${resource.description}`
    : (resource.actions.find(({ name }) => name === actionOf(permission))?.description ??
        'The service has no such action any more: it opens nothing.');
}
