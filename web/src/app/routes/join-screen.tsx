import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { JoinPage } from '../../features/join/join-page.tsx';

const route = getRouteApi('/join');

export function JoinScreen() {
  const { account, token, user, provider, invitation } = route.useRouteContext();
  const navigate = useNavigate();
  return (
    <JoinPage
      invitation={invitation}
      token={token}
      provider={provider}
      user={user}
      onJoined={async () => {
        account.queryClient.clear();
        await navigate({
          to: '/o/$organizationSlug/keys',
          params: { organizationSlug: invitation.organization.slug },
        });
      }}
    />
  );
}
