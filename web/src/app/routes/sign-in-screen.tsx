import { getRouteApi } from '@tanstack/react-router';
import { SignInPage } from '../../features/account/sign-in-page.tsx';
import { useEnter } from '../use-enter.ts';

const route = getRouteApi('/sign-in');

export function SignInScreen() {
  const { canSignUp, takesPasskeys, provider, waiting } = route.useRouteContext();
  const { returnTo = '/', error = null } = route.useSearch();
  return (
    <SignInPage
      canSignUp={canSignUp}
      takesPasskeys={takesPasskeys}
      provider={provider}
      refusal={error}
      waiting={waiting}
      returnTo={returnTo}
      onSignedIn={useEnter()}
    />
  );
}
