import { getRouteApi } from '@tanstack/react-router';
import { SignInPage } from '../../features/account/sign-in-page.tsx';
import { useEnter } from '../use-enter.ts';

const route = getRouteApi('/sign-in');

export function SignInScreen() {
  const { canSignUp, takesPasskeys } = route.useRouteContext();
  return <SignInPage canSignUp={canSignUp} takesPasskeys={takesPasskeys} onSignedIn={useEnter()} />;
}
