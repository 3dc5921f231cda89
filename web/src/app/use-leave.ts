import { getRouteApi, useNavigate } from '@tanstack/react-router';

const root = getRouteApi('__root__');

/** After signing out: forgets everything of the account, and stands at the door. */
export function useLeave() {
  const { account } = root.useRouteContext();
  const navigate = useNavigate();
  return async () => {
    account.queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
}
