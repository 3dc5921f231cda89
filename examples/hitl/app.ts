// HITL.sh: machines ask people for a review, 100 requests an hour and key. Every answer says where the
// key stands in its hour, and a key can be tested without spending any of it.
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { type Keyward, type RateLimit, statusOf, type Verdict } from '../lib/keyward.ts';
import {
  answerTheRest,
  createApp,
  isText,
  type Product,
  type Refuse,
  readBearer,
  readBody,
} from '../lib/product.ts';
import { makeKey, setUp } from '../lib/set-up.ts';

const service = 'review-loops';
// HITL's own books: a key belongs to an account, whose id Keyward keeps as `externalId`.
const account = {
  user_id: '65f1234567890abcdef12346',
  email: 'user@example.com',
  account_status: 'active',
};

interface Loop {
  id: string;
  account: string;
  name: string;
  description: string;
  requests: object[];
}

const refuse: Refuse = (response, status, msg) =>
  void response.status(status).json({ error: true, msg });

// The three messages that the documentation promises.
const messages = {
  401: 'Invalid authorization token',
  403: 'Access denied to this resource',
  429: 'API rate limit exceeded',
};

/** When the hour ends, to the full second. Before the first request it would begin now. */
function resetOf({ resetAt, windowSeconds }: RateLimit): Date {
  const reset = resetAt === null ? Date.now() + windowSeconds * 1000 : Date.parse(resetAt);
  return new Date(Math.ceil(reset / 1000) * 1000);
}

function setRateLimitHeaders(response: Response, verdict: Verdict): void {
  if (!verdict.rateLimit) {
    return;
  }
  const { limit, remaining } = verdict.rateLimit;
  const reset = resetOf(verdict.rateLimit);
  response.set({
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(reset.getTime() / 1000),
  });
  if (!verdict.valid && statusOf(verdict.code) === 429) {
    const seconds = Math.ceil((reset.getTime() - Date.now()) / 1000);
    response.set('Retry-After', String(Math.max(1, seconds)));
  }
}

export async function makeHitl(operator: Keyward): Promise<Product> {
  const { profile, verifier, manager } = await setUp(operator, {
    name: 'HITL',
    preset: service,
    organization: 'HITL customer',
  });
  const loops = new Map<string, Loop>();
  const app = createApp();

  /** @param cost of the request, in the key's hour. */
  const requireKey = (permissions: string[], cost = 1): RequestHandler => {
    return async (request, response, next) => {
      const key = readBearer(request);
      if (key === null) {
        refuse(response, 401, messages[401]);
        return;
      }
      const verdict = await verifier.verify({ key, service, permissions, cost, ip: request.ip });
      setRateLimitHeaders(response, verdict);
      if (verdict.valid) {
        response.locals.caller = verdict;
        next();
      } else {
        const status = statusOf(verdict.code);
        refuse(response, status, messages[status]);
      }
    };
  };

  // Free of charge: it is where a caller looks when the limit is reached.
  app.get('/v1/test', requireKey([], 0), (_, response) => {
    const { key, permissions, rateLimit } = response.locals.caller;
    const limit = rateLimit && {
      limit: rateLimit.limit,
      remaining: rateLimit.remaining,
      reset_at: resetOf(rateLimit).toISOString().replace('.000Z', 'Z'),
    };
    const data = { api_key_id: key.id, ...account, rate_limit: limit, permissions };
    response.json({ error: false, msg: 'API key is valid', data });
  });

  const show = ({ id, name, description }: Loop) => ({ id, name, description });
  app.get('/v1/api/loops', requireKey(['loops:read']), (_, response) => {
    const { externalId } = response.locals.caller.key;
    const data = [...loops.values()].filter((loop) => loop.account === externalId).map(show);
    response.json({ error: false, msg: 'Loops retrieved', data });
  });

  const addLoop = (owner: string, name: string, description: string): Loop => {
    const loop = { id: randomUUID(), account: owner, name, description, requests: [] };
    loops.set(loop.id, loop);
    return loop;
  };
  app.post('/v1/api/loops', requireKey(['loops:write']), (request, response) => {
    const { name, description = '' } = readBody(request);
    if (!isText(name) || typeof description !== 'string') {
      refuse(response, 400, 'A loop needs a name');
      return;
    }
    const data = show(addLoop(response.locals.caller.key.externalId, name, description));
    // 200 and not 201: integrators were told to look for it.
    response.json({ error: false, msg: 'Loop created', data });
  });

  const requireOwnLoop: RequestHandler = (request, response, next) => {
    const loop = loops.get(String(request.params.id));
    if (loop?.account === response.locals.caller.key.externalId) {
      response.locals.loop = loop;
      next();
    } else {
      // A loop of somebody else's and one that does not exist look the same from outside.
      refuse(response, 403, messages[403]);
    }
  };
  const requests = app.route('/v1/api/loops/:id/requests');
  requests.get(requireKey(['requests:read']), requireOwnLoop, (_, response) => {
    const data = response.locals.loop.requests;
    response.json({ error: false, msg: 'Requests retrieved', data });
  });
  requests.post(requireKey(['requests:write']), requireOwnLoop, (request, response) => {
    const input = readBody(request);
    if (!isText(input.request_text) || !isText(input.response_type)) {
      refuse(response, 400, 'A request needs request_text and response_type');
      return;
    }
    const { loop } = response.locals;
    const data = { ...input, id: randomUUID(), loop_id: loop.id, status: 'pending' };
    loop.requests.push(data);
    response.json({ error: false, msg: 'Request created', data });
  });

  answerTheRest(app, refuse);
  const make = (name: string, permissions: string[]) =>
    makeKey(manager, service, name, permissions, { externalId: account.user_id });
  const credentials = {
    apiKey: await make('Production', profile.defaults.permissions),
    readOnlyKey: await make('Dashboard, read only', ['loops:read', 'requests:read']),
    loopId: addLoop(account.user_id, 'Content Moderation Loop', 'The first loop').id,
    otherLoopId: addLoop('65f0000000000000000000ff', 'A loop of somebody else', '').id,
  };
  return { app, credentials };
}
