import type { Route } from '@keyward/server/rest/route';
import { routes } from '@keyward/server/rest/routes';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { expectProblem } from './expect-problem.ts';
import { type RestAnswer, type RestClient, restClient } from './rest-client.ts';

/** /openapi.json, as far as tests look into it. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  parameters?: { in: string; name: string; required?: boolean; schema: unknown }[];
  requestBody?: { required: boolean; content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}

export interface Contract {
  document: OpenApiDocument;
  /** Calls by this key, each of whose answers is held against the contract. */
  client(secret: string | null): RestClient;
  /** Holds one real answer against the document, the route's own schema and the common headers. */
  check(method: string, path: string, answer: RestAnswer): void;
}

/** The contract that a running server publishes, as a judge of its own answers. */
export async function readContract(url: string): Promise<Contract> {
  const document: OpenApiDocument = (await restClient(url, null)('GET', '/openapi.json')).body;
  const ajv = jsonSchemas(document);
  const validators = new Map<string, ValidateFunction>();
  const validate = (pointer: string, body: unknown) => {
    const validator = validators.get(pointer) ?? ajv.compile({ $ref: pointer });
    validators.set(pointer, validator);
    expect(validator(body), `${pointer} ${ajv.errorsText(validator.errors)}`).toBe(true);
  };

  const check: Contract['check'] = (method, path, answer) => {
    const { status, body, headers, text } = answer;
    checkCommon(answer);
    const route = findRoute(method, path);
    const verb = route?.method === 'all' ? 'get' : method.toLowerCase();
    const operation = route && document.paths[route.path]?.[verb];
    if (route === undefined) {
      expect([400, 404], 'a call outside the contract').toContain(status);
      return;
    }
    if (isText(route, answer)) {
      return;
    }
    const name = operation?.responses[status] ? String(status) : 'default';
    const [type = null] = Object.keys(operation?.responses[name]?.content ?? {});
    if (type === null) {
      expect(text).toBe('');
      expect(status).toBe(route.output.status);
      return;
    }
    expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    const steps = ['paths', route.path, verb, 'responses', name, 'content', type, 'schema'];
    validate(pointerTo(...steps), body);
    if (status < 400) {
      expect(status).toBe(route.output.status);
      expect(route.output.schema?.parse(body)).toEqual(body);
    }
  };

  const client = (secret: string | null): RestClient => {
    const send = restClient(url, secret);
    return async (method, path, call) => {
      const answer = await send(method, path, call);
      check(method, path, answer);
      return answer;
    };
  };
  return { document, client, check };
}

/** What every answer has, and every refusal. */
function checkCommon(answer: RestAnswer): void {
  const { status, body, headers } = answer;
  expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{26}$/);
  expect(headers.get('cache-control')).toBe('no-store');
  if (status >= 400) {
    expectProblem(answer, status, body?.code);
  }
}

/** Whether it is an answer that is no JSON; line by line of its schema, where it is lines of JSON. */
function isText({ output: { texts } }: Route, { status, headers, text }: RestAnswer): boolean {
  if (status >= 400 || texts === undefined) {
    return false;
  }
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  expect(Object.keys(texts)).toContain(type);
  if (type === 'application/x-ndjson') {
    for (const line of text.split('\n').slice(0, -1)) {
      texts[type]?.parse(JSON.parse(line));
    }
  }
  return true;
}

/** A validator that knows the document by the name `contract`. */
export function jsonSchemas(document: OpenApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['cidrv4', 'cidrv6']) ajv.addFormat(format, true);
  return ajv.addSchema(document, 'contract');
}

/** Where a schema of the document stands, for a `$ref`. */
export function pointerTo(...steps: string[]): string {
  const escaped = steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
  return `contract#/${escaped.map(encodeURIComponent).join('/')}`;
}

/** The route that serves a call, if the contract has one: a literal path before one with a name. */
export function findRoute(method: string, path: string): Route | undefined {
  const [pathname = ''] = path.split('?');
  return routes
    .filter((route) => route.method === 'all' || route.method === method.toLowerCase())
    .filter((route) => patternOf(route.path).test(pathname))
    .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))[0];
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}
