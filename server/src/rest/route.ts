import { DomainError } from '@keyward/shared/errors';
import type { Permission } from '@keyward/shared/permissions';
import { z } from 'zod';
import { after } from '../after.ts';
import type { Context, OrganizationContext } from '../context.ts';
import { readCredential } from '../http/read-credentials.ts';
import type { Instance } from '../instance.ts';
import { enterOrganization } from '../organizations/enter-organization.ts';
import { authenticateKey } from '../verification/authenticate-key.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A request as a route sees it, whatever server it came through. */
export interface RestRequest {
  instance: Instance;
  context: Context;
  method: string;
  /** Names and values in turn, as they came. */
  rawHeaders: readonly string[];
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Parsed JSON; undefined without a body. */
  body: unknown;
  /** The bytes of the body, for a route that keeps them. */
  rawBody?: Buffer | undefined;
}

export interface RestAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a string is JSON already. Nothing is sent for undefined. */
  body?: unknown;
  /** In place of a body: text that is sent as it comes. */
  chunks?: AsyncIterable<string>;
  contentType?: string;
}

/** One call of the contract: how it is documented, parsed and served. */
export interface Route {
  /** `all` answers every method. */
  method: Method | 'all';
  /** As in OpenAPI: `/v1/keys/{id}`. */
  path: `/${string}`;
  summary: string;
  /** What the calling key must hold; null where any key will do. */
  permission: Permission | 'operator' | null;
  /** Whether it takes calls without any key. */
  isOpen?: boolean;
  input: {
    params?: z.ZodObject;
    query?: z.ZodObject;
    body?: z.ZodType;
    /** 64 KiB where nothing is said. */
    maximumBodyBytes?: number;
    /** Where a signature covers the bytes of the body. */
    keepsRawBody?: boolean;
    headers?: z.ZodObject;
  };
  output: {
    status: number;
    schema: z.ZodType | null;
    /** Where the answer is no JSON: what may be asked for in its place, by media type. */
    texts?: Readonly<Record<string, z.ZodType>>;
  };
  serve(request: RestRequest): RestAnswer | Promise<RestAnswer>;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

interface ManagementRoute<
  Params extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Body extends z.ZodType | undefined,
  Output extends z.ZodType,
> {
  method: Method;
  path: `/${string}`;
  summary: string;
  permission: Permission | 'operator' | null;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Where every field has a default, and so no body need be sent. */
  isBodyOptional?: boolean;
  maximumBodyBytes?: number;
  headers?: z.ZodObject;
  output: { status: number; schema: Output };
  handle(
    context: OrganizationContext,
    input: {
      params: Parsed<Params>;
      query: Parsed<Query>;
      body: Parsed<Body>;
      request: RestRequest;
    },
  ): Promise<z.infer<Output>>;
}

/** A route for keys that manage: the caller is judged, its organization entered, its input parsed. */
export function managementRoute<
  Output extends z.ZodType,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(route: ManagementRoute<Params, Query, Body, Output>): Route {
  const { method, path, summary, permission, params, query, body, headers, output } = route;
  const { isBodyOptional, maximumBodyBytes } = route;
  return {
    method,
    path,
    summary,
    permission,
    input: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body }),
      ...(maximumBodyBytes && { maximumBodyBytes }),
      ...(headers && { headers }),
    },
    output,
    async serve(request) {
      const context = await authenticate(request);
      // Each is what its schema parsed, or undefined without one, as Parsed says.
      const input = {
        params: params?.parse(request.params) as Parsed<Params>,
        query: (query ?? noQuery).parse(readQuery(request.query)) as Parsed<Query>,
        body: body?.parse(
          isBodyOptional ? (request.body ?? {}) : requireBody(request.body),
        ) as Parsed<Body>,
        request,
      };
      return { status: output.status, body: await route.handle(context, input) };
    },
  };
}

/** The context of the key that calls, within its organization or the one that it names. */
export function authenticate(
  request: RestRequest,
): OrganizationContext | Promise<OrganizationContext> {
  const credential = readCredential(request.rawHeaders);
  if (credential === null) {
    throw new DomainError('missing_key', 'Send a key as Authorization: Bearer <key>.');
  }
  const actor = authenticateKey(request.instance, {
    plaintextSecret: credential.plaintextSecret,
    address: request.context.address,
  });
  return after(actor, (known) => {
    const requested = header(request, 'x-keyward-organization');
    const { database, requestId, address, userAgent } = request.context;
    const context = { database, requestId, address, userAgent, actor: known };
    return requested === null
      ? Object.assign(context, { organizationId: known.organizationId, role: null })
      : enterOrganization(context, requested);
  });
}

/** The value of a header; null without it. Twice is refused where one is meant. */
export function header({ rawHeaders }: RestRequest, name: string): string | null {
  let value: string | null = null;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) {
      if (value !== null) {
        throw new DomainError('invalid_request', `Send ${name} once.`);
      }
      value = rawHeaders[index + 1] ?? '';
    }
  }
  return value;
}

/** A query as an object. A name that stands twice is an array, which no schema of one value takes. */
export function readQuery(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const [first, ...rest] = query.getAll(name);
      return [name, rest.length === 0 ? (first ?? '') : [first ?? '', ...rest]];
    }),
  );
}

const noQuery = z.strictObject({});

/** For calls without a query: one that is sent is refused rather than ignored. */
export function refuseQuery(query: URLSearchParams): void {
  if (query.size > 0) {
    noQuery.parse(readQuery(query));
  }
}

/** The body of a call that needs one. */
export function requireBody(body: unknown): unknown {
  if (body === undefined) {
    throw new DomainError('invalid_request', 'Send a body of JSON, as application/json.');
  }
  return body;
}
