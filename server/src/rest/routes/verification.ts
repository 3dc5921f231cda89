import { DomainError } from '@keyward/shared/errors';
import { selfTest, verification, verifyKeyInput } from '@keyward/shared/verification';
import { requirePermission } from '../../authorize.ts';
import { withinDeadline } from '../../database/within-deadline.ts';
import { isAdmittedHeader, readCredential } from '../../http/read-credentials.ts';
import { getUsage } from '../../keys/get-usage.ts';
import { listKeyHeaders } from '../../services/list-key-headers.ts';
import { testKey } from '../../verification/authenticate-key.ts';
import { explainVerification, verifyKey } from '../../verification/verify-key.ts';
import { presentVerification } from '../present-verification.ts';
import { rateLimitHeaders } from '../rate-limit-headers.ts';
import { authenticate, noQuery, type Route, readQuery, requireBody } from '../route.ts';

export const verifyRoute: Route = {
  method: 'post',
  path: '/v1/keys/verify',
  summary: 'Ask whether a key is good. A valid answer consumes its rate limit.',
  permission: 'apiKeys:verify',
  input: { body: verifyKeyInput },
  output: { status: 200, schema: verification },
  async serve(request) {
    const caller = await authenticate(request);
    requirePermission(caller, 'apiKeys:verify');
    noQuery.parse(readQuery(request.query));
    const input = verifyKeyInput.parse(requireBody(request.body));
    const { actor, organizationId } = caller;
    const question = {
      plaintextSecret: input.key,
      asker: { organizationId, allOrganizations: actor.type === 'key' && actor.allOrganizations },
      service: input.service ?? null,
      address: input.ip ?? null,
      permissions: input.permissions,
      cost: input.cost,
    };
    const verdict = await (input.explain ? explainVerification : verifyKey)(
      request.instance,
      question,
    );
    return { status: 200, body: presentVerification(verdict, caller.requestId) };
  },
};

export const testRoute: Route = {
  method: 'get',
  path: '/v1/test',
  summary: 'What a key is told of itself. Consumes nothing.',
  permission: null,
  input: {},
  output: { status: 200, schema: selfTest },
  async serve({ context, instance, rawHeaders, query }) {
    noQuery.parse(readQuery(query));
    const credential = readCredential(rawHeaders, await withinDeadline(listKeyHeaders(context)));
    if (credential === null) {
      throw new DomainError('missing_key', 'Send the key that is to be tested, in its header.');
    }
    const { plaintextSecret } = credential;
    const verdict = await testKey(instance, { plaintextSecret, address: context.address });
    const { headerName } = verdict.facts.service;
    if (!isAdmittedHeader(credential.header, headerName)) {
      throw new DomainError(
        'invalid_key',
        `Send this key as its service has it: in ${headerName}.`,
      );
    }
    const { gates: _, ...answer } = presentVerification(verdict, context.requestId);
    return {
      status: 200,
      headers: rateLimitHeaders(verdict.rateLimit, false),
      body: { ...answer, usage: await getUsage(context, verdict.facts.id) },
    };
  },
};
