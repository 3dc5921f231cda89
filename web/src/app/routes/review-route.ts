import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { organizationRoute } from './organization-route.ts';

/** One key after the other: is it still needed? */
export const reviewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/review',
  component: lazyRouteComponent(
    () => import('../../features/review/review-page.tsx'),
    'ReviewPage',
  ),
});
