import { IconLock } from '@tabler/icons-react';
import { useMembership } from '../lib/membership.ts';
import { EmptyNotice } from './empty-notice.tsx';

/** In place of what a member may not do: who may. */
export function ForAdmins({ what }: { what: string }) {
  const { organization } = useMembership();
  return (
    <EmptyNotice icon={<IconLock size={22} />} title="This is for owners and admins">
      Only an owner or admin of {organization.name} may {what}: ask one of them.
    </EmptyNotice>
  );
}
