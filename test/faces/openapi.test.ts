import type { Route } from '@keyward/server/rest/route';
import { routes } from '@keyward/server/rest/routes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Contract,
  jsonSchemas,
  type OpenApiDocument,
  pointerTo,
  readContract,
} from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { builtInPermissions, routeName, sampleOf, verbOf } from '../support/route-samples.ts';
import { makeKey } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
let document: OpenApiDocument;
beforeAll(async () => {
  keyward = await startTestKeyward();
  contract = await readContract(keyward.url);
  ({ document } = contract);
});
afterAll(() => keyward[Symbol.asyncDispose]());

const verbsOf = ({ method }: Route) => (method === 'all' ? ['get', 'post'] : [method]);
const operations = () =>
  Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );

test('every call of the contract that exists is in the registry', () => {
  const needed: Record<string, string | null> = {
    'post /v1/keys/verify': 'apiKeys:verify',
    'all /v1/forward-auth': null,
    'get /v1/test': null,
    'post /v1/keys': 'apiKeys:create',
    'get /v1/keys': 'apiKeys:read',
    'get /v1/keys/{id}': 'apiKeys:read',
    'delete /v1/keys/{id}': 'apiKeys:delete',
    'get /v1/services': null,
    'get /v1/services/{slug}': null,
    'put /v1/services/{slug}': 'operator',
  };
  const registered = Object.fromEntries(
    routes.map((route) => [routeName(route), route.permission]),
  );
  expect(registered).toMatchObject(needed);
});

test('the document and the registry name the same calls', () => {
  const registered = routes.flatMap((route) =>
    verbsOf(route).map((verb) => `${verb} ${route.path}`),
  );
  const documented = operations().map(({ path, verb }) => `${verb} ${path}`);
  expect(documented.sort()).toEqual(registered.sort());
});

test('the document is OpenAPI 3.1 about this server', async () => {
  const answer = await fetch(`${keyward.url}/openapi.json`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  expect(document.info).toMatchObject({ title: 'Keyward', version: expect.any(String) });
  expect(document.servers).toEqual([{ url: keyward.url }]);
  expect(Object.keys(document.components.securitySchemes).length).toBeGreaterThan(0);
});

test('every operation is whole: a name of its own, its path parameters, its answers', () => {
  const names = operations().map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { path, operation } of operations()) {
    expect(path).toMatch(/^\/v1\//);
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(operation.summary.length).toBeGreaterThan(5);
    const parameters = operation.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(inPath.map((parameter) => parameter.name)).toEqual(placeholders);
    expect(inPath.every((parameter) => parameter.required)).toBe(true);
    for (const parameter of parameters) {
      expect(['path', 'query', 'header']).toContain(parameter.in);
      expect(parameter.schema).toBeDefined();
    }
    expect(Object.keys(operation.responses)).toContain('default');
    for (const [status, response] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^([1-5]\d\d|default)$/);
      expect(response.description).not.toBe('');
    }
    expect(Object.keys(operation.responses.default?.content ?? {})).toEqual([
      'application/problem+json',
    ]);
  }
});

test('every $ref of the document resolves, and every schema is one of JSON Schema 2020-12', () => {
  const references: string[] = [];
  const schemas: unknown[] = Object.values(document.components.schemas);
  const walk = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (name === 'schema') schemas.push(value);
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref') references.push(String(inner));
      walk(inner, key);
    }
  };
  walk(document, '');
  expect(references.length).toBeGreaterThan(5);
  for (const reference of references) {
    const steps = reference.replace(/^#\//, '').split('/');
    const target = steps.reduce<unknown>(
      (value, step) => (value as Record<string, unknown> | undefined)?.[step],
      document,
    );
    expect(target, reference).toBeDefined();
  }
  const ajv = jsonSchemas(document);
  for (const schema of schemas) {
    expect(ajv.validateSchema(schema as object), ajv.errorsText(ajv.errors)).toBe(true);
  }
});

test('an object that the document describes takes no field beyond it', () => {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    const { type, properties } = schema as { type?: string; properties?: object };
    if (type === 'object' && properties !== undefined) {
      expect(schema, name).toMatchObject({ additionalProperties: false });
    }
  }
  for (const name of ['Key', 'Problem', 'Receipt', 'Verification']) {
    expect(document.components.schemas[name]).toMatchObject({ type: 'object' });
  }
});

test.each(routes.map((route) => [routeName(route), route] as const))(
  '%s answers as the document says, by a good key and by none',
  async (_, route) => {
    const { path, call, secret = keyward.bootstrap.secret } = await sampleOf(route, keyward);
    const good = await contract.client(secret)(verbOf(route), path, call);
    expect(good.status, good.text).toBe(route.output.status);
    if (route.isOpen) {
      return;
    }
    const none = await contract.client(null)(verbOf(route), path, call);
    expectProblem(none, 401, 'missing_key');
    const wrong = await contract.client('nothing')(verbOf(route), path, call);
    expectProblem(wrong, 401, 'invalid_key');
  },
);

test.each(
  routes
    .filter((route) => route.permission !== null)
    .map((route) => [routeName(route), route.permission, route] as const),
)('%s is refused to a key that holds everything but %s', async (_, permission, route) => {
  const permissions = builtInPermissions.filter((one) => one !== permission);
  const { secret } = await makeKey(keyward, { permissions: [...permissions] });
  const { path, call } = await sampleOf(route, keyward);
  const answer = await contract.client(secret)(verbOf(route), path, call);
  expectProblem(answer, 403, 'insufficient_permissions');
});

test('each documented request body takes the sample and refuses a field beyond it', async () => {
  const ajv = jsonSchemas(document);
  for (const route of routes.filter(({ input }) => input.body !== undefined)) {
    const { call } = await sampleOf(route, keyward);
    const verb = route.method === 'all' ? 'post' : route.method;
    const steps = ['paths', route.path, verb, 'requestBody', 'content', 'application/json'];
    const validate = ajv.compile({ $ref: pointerTo(...steps, 'schema') });
    expect(validate(call?.body), `${routeName(route)} ${ajv.errorsText(validate.errors)}`).toBe(
      true,
    );
    expect(validate({ ...(call?.body as object), unheardOf: 1 })).toBe(false);
  }
});
