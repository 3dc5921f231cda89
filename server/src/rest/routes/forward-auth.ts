import { DomainError, invalidField } from '@keyward/shared/errors';
import { refusalErrors } from '@keyward/shared/outcomes';
import { permissionList } from '@keyward/shared/permissions';
import { slug } from '@keyward/shared/text';
import { cost } from '@keyward/shared/verification';
import { z } from 'zod';
import { after } from '../../after.ts';
import { readCredential } from '../../http/read-credentials.ts';
import { type Catalog, knowCatalog } from '../../services/know-catalog.ts';
import { effectivePermissions, type KeyFacts } from '../../verification/key-facts.ts';
import { type Verdict, verifyKey } from '../../verification/verify-key.ts';
import { problemAnswer, toDomainError } from '../problem.ts';
import { rateLimitHeaders } from '../rate-limit-headers.ts';
import { type RestAnswer, type RestRequest, type Route, readQuery } from '../route.ts';

const forwardAuthQuery = z.strictObject({
  service: slug,
  /** May stand more than once; all must hold. */
  permission: z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat().flatMap((text) => text.split(',')))
    .pipe(permissionList)
    .default([]),
  cost: z
    .string()
    .regex(/^\d{1,7}$/, 'Write a whole number from 0 to 1000000.')
    .transform(Number)
    .pipe(cost)
    .default(1),
  deny: z.literal('403', 'Write deny=403, or leave it out.').optional(),
});

/** For gateways, which pass on the request of a client and let it through on 200 alone. */
export const forwardAuthRoute: Route = {
  method: 'all',
  path: '/v1/forward-auth',
  summary: 'Let a gateway ask about the key that came with a request.',
  permission: null,
  input: { query: forwardAuthQuery },
  output: { status: 200, schema: null },
  serve(request) {
    return after(judgeForwarded(request), (answer) =>
      request.query.get('deny') === '403' && (answer.status === 429 || answer.status === 503)
        ? denied(answer)
        : answer,
    );
  },
};

/** For gateways that pass nothing else on: 403, with the true status beside it. */
function denied(answer: RestAnswer): RestAnswer {
  return {
    ...answer,
    status: 403,
    headers: { ...answer.headers, 'X-Keyward-Status': String(answer.status) },
    // RFC 9457: the status in a problem is the one that it was sent with.
    body: { ...(answer.body as object), status: 403 },
  };
}

function judgeForwarded(request: RestRequest): RestAnswer | Promise<RestAnswer> {
  const { context, instance } = request;
  const facts = { requestId: context.requestId, publicUrl: instance.publicUrl };
  const refuse = (error: unknown) => {
    const refusal = toDomainError(error);
    if (refusal.code === 'internal_error') {
      throw error;
    }
    return problemAnswer(refusal, facts);
  };
  try {
    const query = forwardAuthQuery.parse(readQuery(request.query));
    const answer = after(knowCatalog(instance), (catalog) => judge(request, query, catalog));
    return answer instanceof Promise ? answer.catch(refuse) : answer;
  } catch (error) {
    return refuse(error);
  }
}

function judge(
  { context, instance, rawHeaders }: RestRequest,
  query: z.infer<typeof forwardAuthQuery>,
  catalog: Catalog,
): RestAnswer | Promise<RestAnswer> {
  const header = catalog.get(query.service);
  if (header === undefined) {
    throw invalidField('service', `There is no service ${query.service}: list the services.`);
  }
  const credential = readCredential(rawHeaders, [header]);
  if (credential === null) {
    throw new DomainError('missing_key', `Send your key in the header ${header.name}.`);
  }
  const verdict = verifyKey(instance, {
    plaintextSecret: credential.plaintextSecret,
    asker: 'own',
    service: query.service,
    address: context.address,
    permissions: query.permission,
    cost: query.cost,
  });
  return after(verdict, (judged) => answerVerdict(judged, context.requestId, instance.publicUrl));
}

function answerVerdict(verdict: Verdict, requestId: string, publicUrl: string): RestAnswer {
  const { outcome } = verdict;
  const limits = rateLimitHeaders(verdict.rateLimit, outcome === 'RATE_LIMITED');
  if (outcome === 'VALID' && verdict.facts !== null) {
    return { status: 200, headers: { ...limits, ...identityHeaders(verdict.facts) } };
  }
  const refusal = refusalErrors[outcome === 'VALID' ? 'NOT_FOUND' : outcome];
  const answer = problemAnswer(new DomainError(refusal.code, refusal.detail), {
    requestId,
    publicUrl,
  });
  return { ...answer, headers: { ...answer.headers, ...limits } };
}

/** Every header on every answer, so that none that the client sent under its name gets through. */
function identityHeaders(facts: KeyFacts): Record<string, string> {
  return {
    'X-Keyward-Key-Id': facts.id,
    'X-Keyward-Kind': facts.kind,
    'X-Keyward-Organization-Id': facts.organization.id,
    'X-Keyward-User-Id': facts.owner?.id ?? '',
    'X-Keyward-Service': facts.service.slug,
    'X-Keyward-Environment': facts.environment,
    'X-Keyward-Tier': facts.tier,
    'X-Keyward-Permissions': effectivePermissions(facts).join(','),
    'X-Keyward-External-Id': encodeHeader(facts.externalId ?? ''),
  };
}

/** Headers hold ASCII: what is beyond it, and the percent sign itself, is percent-encoded UTF-8. */
function encodeHeader(text: string): string {
  return text.replace(/[^\x20-\x24\x26-\x7e]+/g, encodeURIComponent);
}
