import { Title } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { useKey } from '../key-context.ts';
import { GrantedPermissions } from './granted-permissions.tsx';
import { firstDayOf } from './granted-use.ts';
import classes from './key-permissions.module.css';
import { PermissionsSkeleton } from './permissions-skeleton.tsx';

// Most visits only look: what edits comes when somebody does.
const EditPermissions = lazy(() => import('./edit-permissions.tsx'));

/** What a key may do beside what it has done, and how to make the two alike. */
export function KeyPermissions() {
  const apiKey = useKey();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isEditing, setEditing] = useState(false);
  const use = trpc.keys.permissionUse.useQuery({ id: apiKey.id });
  const service = trpc.services.get.useQuery({ slug: apiKey.service });
  const failed = [use, service].find(({ isError }) => isError);
  const lately = (use.data ?? []).filter(({ lastUsedOn }) => lastUsedOn >= firstDayOf(30));
  const stopEditing = () => {
    setEditing(false);
    // The button that had the focus is gone.
    requestAnimationFrame(() => heading.current?.focus());
  };
  return (
    <section aria-labelledby="permissions">
      <Title order={2} id="permissions" ref={heading} tabIndex={-1} className={classes.title}>
        Permissions
      </Title>
      {failed !== undefined && (
        <FailureNotice
          failure={toFailure(failed.error)}
          onRetry={() => void Promise.all([use.refetch(), service.refetch()])}
        />
      )}
      {failed === undefined && (use.data === undefined || service.data === undefined) && (
        <PermissionsSkeleton />
      )}
      {use.data !== undefined && service.data !== undefined && !isEditing && (
        <GrantedPermissions
          apiKey={apiKey}
          service={service.data}
          uses={use.data}
          lately={lately}
          onEdit={() => setEditing(true)}
        />
      )}
      {service.data !== undefined && isEditing && (
        <Suspense fallback={<PermissionsSkeleton />}>
          <EditPermissions
            apiKey={apiKey}
            service={service.data}
            used={lately}
            onDone={stopEditing}
          />
        </Suspense>
      )}
    </section>
  );
}
