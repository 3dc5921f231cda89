import { getRouteApi } from '@tanstack/react-router';
import {
  DeadLinkPage,
  ResetPasswordPage,
} from '../../features/account/password/reset-password-page.tsx';

const route = getRouteApi('/reset-password');

export function ResetPasswordScreen() {
  const { reset, detail } = route.useRouteContext();
  return reset === null ? <DeadLinkPage detail={detail} /> : <ResetPasswordPage {...reset} />;
}
