import { getRouteApi, useRouter } from '@tanstack/react-router';

const root = getRouteApi('__root__');

/** After signing in or up: asks anew who this is, and the page's own guard leads on. */
export function useEnter() {
  const { account } = root.useRouteContext();
  const router = useRouter();
  return async () => {
    account.queryClient.clear();
    await router.invalidate();
  };
}
