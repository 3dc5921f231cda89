import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CreateOrganizationPage } from '../../features/organizations/create-organization-page.tsx';
import { AccountFrame } from '../account-frame.tsx';

const route = getRouteApi('/organizations/new');

export function CreateOrganizationScreen() {
  const { user, isFirst, account } = route.useRouteContext();
  const navigate = useNavigate();
  return (
    <AccountFrame user={user}>
      <CreateOrganizationPage
        isFirst={isFirst}
        onCreated={async ({ slug }) => {
          await account.utils.organizations.invalidate();
          await navigate({
            to: '/o/$organizationSlug/keys',
            params: { organizationSlug: slug },
          });
        }}
      />
    </AccountFrame>
  );
}
