import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { organizationRoute } from './organization-route.ts';

/** One key after the other: is it still needed? An address that names a key begins with it. */
export const reviewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/review',
  validateSearch: ({ key }: Record<string, unknown>): { key?: string } =>
    typeof key === 'string' && key.startsWith('key_') ? { key } : {},
  component: lazyRouteComponent(() => import('./review-screen.tsx'), 'ReviewScreen'),
});
