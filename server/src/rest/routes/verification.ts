import { DomainError } from '@keyward/shared/errors';
import { selfTest, verification, verifyKeyInput } from '@keyward/shared/verification';
import { after } from '../../after.ts';
import { requirePermission } from '../../authorize.ts';
import { isAdmittedHeader, readCredential } from '../../http/read-credentials.ts';
import { getUsage } from '../../keys/get-usage.ts';
import { knowCatalog } from '../../services/know-catalog.ts';
import { testKey } from '../../verification/authenticate-key.ts';
import { explainVerification, verifyKey } from '../../verification/verify-key.ts';
import { presentVerification, writeVerification } from '../present-verification.ts';
import { rateLimitHeaders } from '../rate-limit-headers.ts';
import { authenticate, type Route, refuseQuery, requireBody } from '../route.ts';

export const verifyRoute: Route = {
  method: 'post',
  path: '/v1/keys/verify',
  summary: 'Ask whether a key is good. A valid answer consumes its rate limit.',
  permission: 'apiKeys:verify',
  input: { body: verifyKeyInput },
  output: { status: 200, schema: verification },
  serve(request) {
    return after(authenticate(request), (caller) => {
      requirePermission(caller, 'apiKeys:verify');
      refuseQuery(request.query);
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
      const verdict = (input.explain ? explainVerification : verifyKey)(request.instance, question);
      return after(verdict, (judged) => ({
        status: 200,
        body: writeVerification(judged, caller.requestId),
      }));
    });
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
    refuseQuery(query);
    const catalog = await knowCatalog(instance);
    const credential = readCredential(rawHeaders, [...catalog.values()]);
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
