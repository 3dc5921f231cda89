import { builtInResources, unknownPermissions } from '@keyward/shared/built-in-permissions';
import type { Key } from '@keyward/shared/keys';
import type { Service } from '@keyward/shared/services';
import { Button, Group, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { formatDay } from '../../../lib/format-time.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { describeUse } from './describe-use.ts';
import { GrantedTable } from './granted-table.tsx';
import { firstDayOf, type PermissionUse, toGrantedResources, usedBefore } from './granted-use.ts';
import classes from './key-permissions.module.css';

const TrimDialogBody = lazy(() => import('./trim-dialog-body.tsx'));

interface GrantedPermissionsProps {
  apiKey: Key;
  service: Service;
  /** Everything that was ever used. */
  uses: readonly PermissionUse[];
  /** What was used in the last 30 days. */
  lately: readonly PermissionUse[];
  onEdit: () => void;
}

export function GrantedPermissions(props: GrantedPermissionsProps) {
  const { apiKey, service, uses, lately, onEdit } = props;
  const [isTrimming, { open, close }] = useDisclosure(false);
  const { permissions, status } = apiKey;
  const granted = toGrantedResources(permissions, uses);
  const before = usedBefore(permissions, uses);
  const resources = [...service.resources, ...builtInResources];
  const unknown = unknownPermissions(permissions, service.resources);
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.summary}>{describeUse(granted, firstDayOf(30))}</p>
        {status !== 'revoked' && (
          <Group gap="sm">
            {permissions.length > 0 && (
              <Button variant="default" onClick={open}>
                Trim to what was used in 30 days
              </Button>
            )}
            <Button variant="default" onClick={onEdit}>
              Edit permissions
            </Button>
          </Group>
        )}
      </div>
      <Panel className={classes.panel}>
        {permissions.length === 0 ? (
          <p className={classes.none}>It is a valid key, and may do nothing else.</p>
        ) : (
          <GrantedTable granted={granted} resources={resources} since={firstDayOf(30)} />
        )}
      </Panel>
      {before.length > 0 && (
        <p className={classes.note}>
          Used before, and granted no more:{' '}
          {before.map(({ permission, lastUsedOn }, index) => (
            <span key={permission}>
              {index > 0 && ', '}
              <code>{permission}</code> (last on {formatDay(lastUsedOn)})
            </span>
          ))}
          .
        </p>
      )}
      <p className={classes.note}>
        A permission counts as used when a call that asked for it was accepted, and Keyward’s own
        when the key called Keyward with it. A service that reads the list of permissions and
        decides by itself leaves no trace here. Days are in UTC.
      </p>
      <Dialog title="Trim to what was used in 30 days" isOpen={isTrimming} onClose={close}>
        <Suspense fallback={<Skeleton height={220} />}>
          <TrimDialogBody
            apiKey={apiKey}
            used={lately.filter(({ permission }) => !unknown.includes(permission))}
            onClose={close}
          />
        </Suspense>
      </Dialog>
    </>
  );
}
