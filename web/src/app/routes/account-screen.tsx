import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { AccountPage } from '../../features/account/account-page.tsx';
import { AccountFrame } from '../account-frame.tsx';
import { useLeave } from '../use-leave.ts';

const route = getRouteApi('/account');

export function AccountScreen() {
  const { user, hasSecondFactor, takesPasskeys, provider, demandedBy, account } =
    route.useRouteContext();
  const { error = null } = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const leave = useLeave();
  const recheck = async () => {
    await Promise.all([
      account.utils.account.session.invalidate(),
      account.utils.account.sessions.invalidate(),
    ]);
    await router.invalidate();
  };
  return (
    <AccountFrame user={user}>
      <AccountPage
        user={user}
        demandedBy={demandedBy}
        hasSecondFactor={hasSecondFactor}
        takesPasskeys={takesPasskeys}
        provider={provider}
        refusal={error}
        onSecurityChanged={() => void recheck()}
        onSignedOut={() => void leave()}
        onContinue={() =>
          demandedBy !== null &&
          void navigate({
            to: '/o/$organizationSlug/keys',
            params: { organizationSlug: demandedBy.slug },
          })
        }
      />
    </AccountFrame>
  );
}
