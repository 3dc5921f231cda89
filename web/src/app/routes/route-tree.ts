import { createOrganizationRoute } from './create-organization-route.ts';
import { homeRoute } from './home-route.ts';
import { joinRoute } from './join-route.ts';
import { createKeyRoute, keyRoute, keysRoute, organizationHomeRoute } from './key-routes.ts';
import { organizationRoute } from './organization-route.ts';
import { rootRoute } from './root-route.ts';
import { servicesRoute } from './services-route.ts';
import { signInRoute } from './sign-in-route.ts';
import { signUpRoute } from './sign-up-route.ts';

/** Every address of the console. A new room adds its routes here. */
export const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  signUpRoute,
  joinRoute,
  createOrganizationRoute,
  organizationRoute.addChildren([
    organizationHomeRoute,
    keysRoute,
    createKeyRoute,
    keyRoute,
    servicesRoute,
  ]),
]);
