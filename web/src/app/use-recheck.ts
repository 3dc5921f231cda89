import { getRouteApi, useRouter } from '@tanstack/react-router';

const root = getRouteApi('__root__');

/** After a change of one's own role: asks anew where one belongs and as what. */
export function useRecheck() {
  const { account } = root.useRouteContext();
  const router = useRouter();
  return async () => {
    await account.utils.organizations.list.invalidate();
    await router.invalidate();
  };
}
