import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { KeyFilters } from '../../features/keys/key-filters.ts';
import { organizationRoute } from './organization-route.ts';

export const organizationHomeRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/o/$organizationSlug/keys', params, replace: true });
  },
});

export const keysRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/keys',
  // What reads them comes with the page: this is in every first load.
  validateSearch: (search: Record<string, unknown>) => search as KeyFilters,
  component: lazyRouteComponent(() => import('./keys-screen.tsx'), 'KeysScreen'),
});

export const createKeyRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/keys/new',
  validateSearch: ({ service }: Record<string, unknown>): { service?: string } =>
    typeof service === 'string' ? { service } : {},
  component: lazyRouteComponent(() => import('./create-key-screen.tsx'), 'CreateKeyScreen'),
});

export const importKeysRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/keys/import',
  component: lazyRouteComponent(
    () => import('../../features/keys/import/import-keys-page.tsx'),
    'ImportKeysPage',
  ),
});
