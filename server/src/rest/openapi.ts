import type { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { problem } from './problem.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

const version = '1';

/** OpenAPI 3.1, made of the same schemas that the routes parse with. */
export function createOpenApi(publicUrl: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const methods = route.method === 'all' ? (['get', 'post'] as const) : [route.method];
    for (const method of methods) {
      paths[route.path] = { ...paths[route.path], [method]: operation(route, method) };
    }
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Keyward',
      version,
      description: 'Issue, verify, limit, rotate and revoke API keys.',
    },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }, { apiKey: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
      },
    },
    paths,
  });
}

const contentOf = (texts: Readonly<Record<string, z.ZodType>>) =>
  Object.fromEntries(Object.entries(texts).map(([type, schema]) => [type, { schema }]));

function operation(route: Route, method: string): ZodOpenApiOperationObject {
  const { params, query, body, headers } = route.input;
  const { schema, texts } = route.output;
  return {
    operationId: `${method}${route.path.replace(/^\/v1/, '').replace(/[^A-Za-z]+(.)?/g, (_, next?: string) => next?.toUpperCase() ?? '')}`,
    summary: route.summary,
    ...(route.isOpen && { security: [] }),
    ...(route.permission && { description: `Needs ${route.permission}.` }),
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(headers && { header: headers }),
    },
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: {
      [route.output.status]: {
        description: 'Done.',
        ...(schema && { content: { 'application/json': { schema } } }),
        ...(texts && { content: contentOf(texts) }),
      },
      default: {
        description: 'Refused, with a problem that says what to do.',
        content: { 'application/problem+json': { schema: problem satisfies z.ZodType } },
      },
    },
  };
}
