import { getRouteApi, useRouter } from '@tanstack/react-router';
import { SettingsPage } from '../../features/settings/settings-page.tsx';

const route = getRouteApi('/o/$organizationSlug/settings');

export function SettingsScreen() {
  const { account } = route.useRouteContext();
  const router = useRouter();
  return (
    <SettingsPage
      onChanged={async () => {
        await account.utils.organizations.invalidate();
        await router.invalidate();
      }}
    />
  );
}
