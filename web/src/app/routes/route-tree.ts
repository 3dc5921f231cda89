import { accountRoute } from './account-route.ts';
import { auditRoute, instanceAuditRoute } from './audit-routes.ts';
import { confirmedRoute } from './confirmed-route.ts';
import { createOrganizationRoute } from './create-organization-route.ts';
import { forgotPasswordRoute } from './forgot-password-route.ts';
import { homeRoute } from './home-route.ts';
import { joinRoute } from './join-route.ts';
import { createKeyRoute, importKeysRoute, keysRoute, organizationHomeRoute } from './key-routes.ts';
import { membersRoute, removeMemberRoute } from './members-route.ts';
import {
  keyActivityRoute,
  keyAuditRoute,
  keyExplainRoute,
  keyNetworkRoute,
  keyOverviewRoute,
  keyPermissionsRoute,
  keyRoute,
  keySecretsRoute,
} from './one-key-routes.ts';
import { organizationRoute } from './organization-route.ts';
import { organizationsRoute } from './organizations-route.ts';
import { overviewRoute } from './overview-route.ts';
import { resetPasswordRoute } from './reset-password-route.ts';
import { reviewRoute } from './review-route.ts';
import { rootRoute } from './root-route.ts';
import { createServiceRoute, serviceRoute, servicesRoute } from './service-routes.ts';
import { settingsRoute } from './settings-route.ts';
import { signInRoute } from './sign-in-route.ts';
import { signUpRoute } from './sign-up-route.ts';
import { createWebhookRoute, webhookRoute, webhooksRoute } from './webhook-routes.ts';

/** Every address of the console. A new room adds its routes here. */
export const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  signUpRoute,
  joinRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  accountRoute,
  confirmedRoute,
  createOrganizationRoute,
  organizationsRoute,
  instanceAuditRoute,
  organizationRoute.addChildren([
    organizationHomeRoute,
    keysRoute,
    createKeyRoute,
    importKeysRoute,
    keyRoute.addChildren([
      keyOverviewRoute,
      keyActivityRoute,
      keyPermissionsRoute,
      keyNetworkRoute,
      keySecretsRoute,
      keyAuditRoute,
      keyExplainRoute,
    ]),
    overviewRoute,
    reviewRoute,
    membersRoute,
    removeMemberRoute,
    servicesRoute,
    createServiceRoute,
    serviceRoute,
    webhooksRoute,
    createWebhookRoute,
    webhookRoute,
    auditRoute,
    settingsRoute,
  ]),
]);
