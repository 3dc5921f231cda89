import { getRouteApi } from '@tanstack/react-router';
import { SignUpPage } from '../../features/account/sign-up-page.tsx';
import { useEnter } from '../use-enter.ts';

const route = getRouteApi('/sign-up');

export function SignUpScreen() {
  const { isFresh } = route.useRouteContext();
  return <SignUpPage isFresh={isFresh} onSignedUp={useEnter()} />;
}
