import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { organizationRoute } from './organization-route.ts';

export const servicesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/services',
  component: lazyRouteComponent(
    () => import('../../features/services/services-page.tsx'),
    'ServicesPage',
  ),
});
