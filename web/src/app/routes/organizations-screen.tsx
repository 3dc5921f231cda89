import { getRouteApi } from '@tanstack/react-router';
import { OrganizationsPage } from '../../features/organizations/organizations-page.tsx';
import { AccountFrame } from '../account-frame.tsx';

const route = getRouteApi('/organizations');

export function OrganizationsScreen() {
  const { user, organizations } = route.useRouteContext();
  return (
    <AccountFrame user={user}>
      <OrganizationsPage own={organizations} />
    </AccountFrame>
  );
}
