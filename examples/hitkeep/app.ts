// HitKeep: people make named tokens for their tools, signed in by the cookie hk_token, and the tools
// read statistics with them. Two things that HitKeep only plans come with Keyward: a token can have
// scopes of its own, and a token can belong to a team.
import { randomBytes } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { type Keyward, statusOf } from '../lib/keyward.ts';
import {
  answerTheRest,
  createApp,
  isText,
  isTextList,
  type Product,
  type Refuse,
  readBearer,
  readBody,
  readCookie,
} from '../lib/product.ts';
import { findKey, type Key, listKeys, type MadeKey, offers, setUp } from '../lib/set-up.ts';

const service = 'analytics';
// HitKeep's own books. Keyward knows a token's owner by `externalId`, and nothing else of them.
const teams: Record<string, string[]> = { growth: ['user:ada'], platform: ['user:grace'] };
const sites = [
  { id: 'site_blog', name: 'Blog', owners: ['user:ada', 'team:growth'], pageviews: 1204 },
  { id: 'site_docs', name: 'Docs', owners: ['user:grace', 'team:platform'], pageviews: 87 },
];

const refuse: Refuse = (response, status, error) => void response.status(status).json({ error });

/** As HitKeep shows ids: a ULID in capitals. */
const idOf = (key: Key) => key.id.replace('key_', '').toUpperCase();
const show = (key: Key) => ({
  id: idOf(key),
  name: key.name,
  scopes: key.permissions,
  created_at: key.createdAt,
  last_used_at: key.usage.lastUsedAt,
});

export async function makeHitkeep(operator: Keyward): Promise<Product> {
  const { profile, verifier, manager } = await setUp(operator, {
    name: 'HitKeep',
    preset: service,
    organization: 'HitKeep installation',
  });
  const sessions = new Map(['ada', 'grace'].map((name) => [randomToken(), `user:${name}`]));
  const app = createApp();

  const requireToken = (scope: string): RequestHandler => {
    return async (request, response, next) => {
      const key = readBearer(request);
      if (key === null) {
        refuse(response, 401, 'Send your token as Authorization: Bearer.');
        return;
      }
      const question = { key, service, permissions: [scope], ip: request.ip };
      const verdict = await verifier.verify(question);
      if (verdict.valid) {
        response.locals.owner = verdict.key.externalId;
        next();
      } else {
        const status = statusOf(verdict.code);
        refuse(response, status, status === 403 ? `This token lacks ${scope}.` : 'Invalid token.');
      }
    };
  };
  app.get('/api/sites', requireToken('sites:read'), (_, response) => {
    const seen = sites.filter((site) => site.owners.includes(response.locals.owner));
    response.json(seen.map(({ id, name }) => ({ id, name })));
  });
  app.get('/api/sites/:id/stats', requireToken('stats:read'), (request, response) => {
    const site = sites.find((one) => one.id === request.params.id);
    if (site?.owners.includes(response.locals.owner)) {
      response.json({ site_id: site.id, pageviews: site.pageviews });
    } else {
      refuse(response, 404, 'There is no such site.');
    }
  });

  // Tokens are managed by people alone: a token that leaks can make no others.
  const requireOwner: RequestHandler = (request, response, next) => {
    const user = sessions.get(readCookie(request, 'hk_token') ?? '');
    const team = String(request.params.team ?? '');
    if (user === undefined) {
      refuse(response, 401, 'Sign in first.');
    } else if (team !== '' && !(Object.hasOwn(teams, team) && teams[team]?.includes(user))) {
      refuse(response, 404, 'There is no such team.');
    } else {
      response.locals.owner = team === '' ? user : `team:${team}`;
      next();
    }
  };
  const clients = Router();
  const findOwn = async (owner: string, id: string) => {
    const key = await findKey(manager, service, owner, `key_${id.toLowerCase()}`);
    return key?.status === 'revoked' ? undefined : key;
  };
  clients.get('/', async (_, response) => {
    const keys = await listKeys(manager, service, response.locals.owner);
    response.json(keys.filter((key) => key.status !== 'revoked').map(show));
  });
  clients.post('/', async (request, response) => {
    const everything = profile.resources.map((resource) => `${resource.name}:*`);
    const { name, scopes = everything } = readBody(request);
    if (!isText(name) || !isTextList(scopes) || !scopes.every((scope) => offers(profile, scope))) {
      refuse(response, 400, 'Send a name, and scopes such as stats:read.');
      return;
    }
    const input = { name, service, permissions: scopes, externalId: response.locals.owner };
    const { key, secret } = await manager.call<MadeKey>('POST', '/v1/keys', input);
    response.status(201).json({ ...show(key), token: secret });
  });
  clients.put('/:id', async (request, response) => {
    const key = await findOwn(response.locals.owner, request.params.id);
    const { name } = readBody(request);
    if (key === undefined) {
      refuse(response, 404, 'There is no such API client.');
    } else if (!isText(name)) {
      refuse(response, 400, 'Send a name.');
    } else {
      const path = `/v1/keys/${key.id}`;
      response.json(show((await manager.call<MadeKey>('PATCH', path, { name })).key));
    }
  });
  clients.delete('/:id', async (request, response) => {
    const key = await findOwn(response.locals.owner, request.params.id);
    if (key === undefined) {
      refuse(response, 404, 'There is no such API client.');
      return;
    }
    // Returns when no node of Keyward accepts the token any more, so that "immediately" is true.
    await manager.call('DELETE', `/v1/keys/${key.id}`);
    response.status(204).end();
  });
  app.use('/api/user/api-clients', requireOwner, clients);
  app.use('/api/teams/:team/api-clients', requireOwner, clients);

  answerTheRest(app, refuse);
  const [sessionCookie = '', otherSessionCookie = ''] = sessions.keys();
  const credentials = { sessionCookie, otherSessionCookie, siteId: 'site_blog', teamId: 'growth' };
  return { app, credentials };
}

const randomToken = () => randomBytes(24).toString('base64url');
