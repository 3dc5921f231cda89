import { getRouteApi } from '@tanstack/react-router';
import { ConfirmedPage } from '../../features/account/security/confirmed-page.tsx';

const route = getRouteApi('/confirmed');

export function ConfirmedScreen() {
  const { error = null } = route.useSearch();
  return <ConfirmedPage refusal={error} />;
}
