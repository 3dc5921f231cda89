import { createRoute, lazyRouteComponent, retainSearchParams } from '@tanstack/react-router';
import { readUsageView } from '../../features/keys/usage-range.ts';
import { organizationRoute } from './organization-route.ts';

/** One key: its heading, and within it a tab for each matter. */
export const keyRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/keys/$keyId',
  // Whoever comes from the review goes back to it, from whichever tab.
  validateSearch: ({ from }: Record<string, unknown>): { from?: 'review' } =>
    from === 'review' ? { from } : {},
  search: { middlewares: [retainSearchParams(['from'])] },
  component: lazyRouteComponent(() => import('./key-screen.tsx'), 'KeyScreen'),
});

export const keyOverviewRoute = createRoute({
  getParentRoute: () => keyRoute,
  path: '/',
  validateSearch: readUsageView,
  component: lazyRouteComponent(() => import('./key-overview-screen.tsx'), 'KeyOverviewScreen'),
});

export const keyActivityRoute = createRoute({
  getParentRoute: () => keyRoute,
  path: '/activity',
  validateSearch: readUsageView,
  component: lazyRouteComponent(() => import('./key-activity-screen.tsx'), 'KeyActivityScreen'),
});

export const keyPermissionsRoute = createRoute({
  getParentRoute: () => keyRoute,
  path: '/permissions',
  component: lazyRouteComponent(
    () => import('../../features/keys/permissions/key-permissions.tsx'),
    'KeyPermissions',
  ),
});

export const keyNetworkRoute = createRoute({
  getParentRoute: () => keyRoute,
  path: '/network',
  component: lazyRouteComponent(
    () => import('../../features/keys/network/key-network.tsx'),
    'KeyNetwork',
  ),
});

export const keySecretsRoute = createRoute({
  getParentRoute: () => keyRoute,
  path: '/secrets',
  component: lazyRouteComponent(
    () => import('../../features/keys/secrets/key-secrets.tsx'),
    'KeySecrets',
  ),
});

export const keyAuditRoute = createRoute({
  getParentRoute: () => keyRoute,
  path: '/audit',
  component: lazyRouteComponent(
    () => import('../../features/keys/audit/key-audit.tsx'),
    'KeyAudit',
  ),
});

export const keyExplainRoute = createRoute({
  getParentRoute: () => keyRoute,
  path: '/explain',
  component: lazyRouteComponent(
    () => import('../../features/keys/explain/key-explain.tsx'),
    'KeyExplain',
  ),
});
