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

export const createServiceRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/services/new',
  component: lazyRouteComponent(
    () => import('../../features/services/editor/create-service-page.tsx'),
    'CreateServicePage',
  ),
});

export const serviceRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/services/$serviceSlug',
  component: lazyRouteComponent(() => import('./service-screen.tsx'), 'ServiceScreen'),
});
