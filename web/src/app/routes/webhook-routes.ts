import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readLogFilter } from '../../features/webhooks/log-filter.ts';
import { organizationRoute } from './organization-route.ts';

/** Who is told of what happens to the organization. */
export const webhooksRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/webhooks',
  component: lazyRouteComponent(
    () => import('../../features/webhooks/webhooks-page.tsx'),
    'WebhooksPage',
  ),
});

export const createWebhookRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/webhooks/new',
  component: lazyRouteComponent(
    () => import('../../features/webhooks/create/create-webhook-page.tsx'),
    'CreateWebhookPage',
  ),
});

/** One webhook, and what was sent to it. */
export const webhookRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/webhooks/$webhookId',
  validateSearch: readLogFilter,
  component: lazyRouteComponent(() => import('./webhook-screen.tsx'), 'WebhookScreen'),
});
