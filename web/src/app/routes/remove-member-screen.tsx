import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { RemovalPage } from '../../features/members/removal/removal-page.tsx';

const route = getRouteApi('/o/$organizationSlug/members/$userId/remove');

export function RemoveMemberScreen() {
  const { userId } = route.useParams();
  const { account } = route.useRouteContext();
  const navigate = useNavigate();
  const goElsewhere = async () => {
    await account.utils.organizations.list.invalidate();
    await navigate({ to: '/', ignoreBlocker: true });
  };
  return <RemovalPage key={userId} userId={userId} onLeft={() => void goElsewhere()} />;
}
