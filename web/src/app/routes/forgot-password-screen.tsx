import { getRouteApi } from '@tanstack/react-router';
import { ForgotPasswordPage } from '../../features/account/password/forgot-password-page.tsx';

const route = getRouteApi('/forgot-password');

export function ForgotPasswordScreen() {
  const { sendsMail } = route.useRouteContext();
  return <ForgotPasswordPage sendsMail={sendsMail} />;
}
