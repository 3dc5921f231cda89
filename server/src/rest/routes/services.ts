import { putServiceInput, service } from '@keyward/shared/services';
import { slug } from '@keyward/shared/text';
import { z } from 'zod';
import { getService } from '../../services/get-service.ts';
import { listServices } from '../../services/list-services.ts';
import { putService } from '../../services/put-service.ts';
import { managementRoute, type Route } from '../route.ts';

/** What is no slug is no service: a 404, and not a 400. */
const anySlug = z.strictObject({ slug: z.string().min(1).max(64) });

export const serviceRoutes: readonly Route[] = [
  managementRoute({
    method: 'get',
    path: '/v1/services',
    summary: 'List the catalog of services.',
    permission: null,
    output: { status: 200, schema: z.strictObject({ data: z.array(service) }) },
    handle: async (context) => ({ data: await listServices(context) }),
  }),
  managementRoute({
    method: 'get',
    path: '/v1/services/{slug}',
    summary: 'Get a service with its profile.',
    permission: null,
    params: anySlug,
    output: { status: 200, schema: service },
    handle: (context, { params }) => getService(context, params.slug),
  }),
  managementRoute({
    method: 'put',
    path: '/v1/services/{slug}',
    summary: 'Put a service in place: a whole profile, or the name of a preset.',
    permission: 'operator',
    params: z.strictObject({ slug }),
    body: putServiceInput,
    output: { status: 200, schema: service },
    handle: (context, { params, body }) => putService(context, params.slug, body),
  }),
];
