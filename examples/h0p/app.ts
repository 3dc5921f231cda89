// H0p: short links for organizations. A key belongs to a person or to a bot, and opens what its matrix
// of resources and actions says, within its own organization.
import { randomUUID } from 'node:crypto';
import { type Keyward, statusOf, type ValidVerdict } from '../lib/keyward.ts';
import { answerTheRest, createApp, type Product, type Refuse, readBody } from '../lib/product.ts';
import { ensureOrganization, ensureService, makeKey } from '../lib/set-up.ts';
import { manageKeys } from './manage-keys.ts';
import { signUpMember } from './sign-up-member.ts';

const service = 'short-links';
const actions: Record<string, string> = {
  POST: 'create',
  GET: 'read',
  PATCH: 'update',
  DELETE: 'delete',
};

interface Item {
  id: string;
  createdBy: string;
}

const refuse: Refuse = (response, status, message) => {
  const error = { 401: 'Unauthorized', 403: 'Forbidden' }[status] ?? 'Error';
  response.status(status).json({ error, message });
};

export async function makeH0p(operator: Keyward): Promise<Product> {
  const profile = await ensureService(operator, service);
  const acme = { id: await ensureOrganization(operator, 'H0p Acme'), name: 'Acme' };
  const globex = { id: await ensureOrganization(operator, 'H0p Globex'), name: 'Globex' };
  // H0p's customers are organizations, and a request does not say which of them its key is from. Only
  // an operator's key is told of the keys of all; beyond the set-up it is used for this alone.
  const verifier = operator;
  // The profile's matrix, with the built-in resources that H0p documents beside its own.
  const all = Object.values(actions);
  const matrix = new Map<string, string[]>([
    ...profile.resources.map(
      ({ name, actions: own }) => [name, own.map((one) => one.name)] as const,
    ),
    ['webhooks', all],
    ['apiKeys', all],
  ]);
  const items = new Map<string, Item>();
  const app = createApp();

  // One question for each request: may this key do this to that? The cell of the matrix is the permission.
  app.all('/api/:resource{/:id}', async (request, response, next) => {
    const { resource } = request.params;
    const action = actions[request.method] ?? '';
    if (!matrix.get(resource)?.includes(action)) {
      refuse(response, 404, `There is no ${request.method} of ${resource}.`);
      return;
    }
    const key = request.get('x-api-key');
    if (!key) {
      refuse(response, 401, 'Send your API key in the x-api-key header.');
      return;
    }
    const permissions = [`${resource}:${action}`];
    const verdict = await verifier.verify({ key, service, permissions, ip: request.ip });
    if (verdict.valid) {
      response.locals.caller = verdict;
      next();
    } else if (statusOf(verdict.code) === 403) {
      refuse(response, 403, `This API key may not ${action} ${resource}.`);
    } else {
      refuse(response, statusOf(verdict.code), 'This API key is mistyped or has been revoked.');
    }
  });
  // Keys are Keyward's to keep, and it judges each call by the caller's own key, not by one of ours.
  app.use('/api/apiKeys', manageKeys(operator, service));

  const add = (
    caller: Pick<ValidVerdict, 'organization' | 'user'>,
    type: string,
    fields: object,
  ) => {
    // What is done with a user key appears under its owner's name.
    const item = { ...fields, id: randomUUID(), createdBy: caller.user?.name ?? 'Bot' };
    items.set(`${caller.organization.id}/${type}/${item.id}`, item);
    return item;
  };
  app.all('/api/:resource', (request, response, next) => {
    const { method } = request;
    const { resource } = request.params;
    const { caller } = response.locals;
    const path = `${caller.organization.id}/${resource}/`;
    if (method === 'POST') {
      response.status(201).json(add(caller, resource, readBody(request)));
    } else if (method === 'GET') {
      response.json([...items].filter(([at]) => at.startsWith(path)).map(([, item]) => item));
    } else {
      next();
    }
  });
  app.all('/api/:resource/:id', (request, response, next) => {
    const { method } = request;
    const { resource, id } = request.params;
    const path = `${response.locals.caller.organization.id}/${resource}/${id}`;
    const item = items.get(path);
    if (method === 'POST') {
      next();
    } else if (item === undefined) {
      // Another organization's resource, or none at all: a stranger cannot tell which.
      refuse(response, 403, 'Your organization has no such resource.');
    } else if (method === 'DELETE') {
      items.delete(path);
      response.status(204).end();
    } else {
      const changes = method === 'PATCH' ? readBody(request) : {};
      const changed = { ...item, ...changes, id, createdBy: item.createdBy };
      items.set(path, changed);
      response.json(changed);
    }
  });
  answerTheRest(app, refuse, [400, 403, 404, 409]);

  const seed = (organization: typeof acme, resource: string, fields: object) =>
    add({ organization, user: null }, resource, fields).id;
  seed(acme, 'stats', { clicks: 1542 });
  const grant = (resources: string[]) =>
    resources.flatMap((name) => (matrix.get(name) ?? []).map((action) => `${name}:${action}`));
  const everything = grant([...matrix.keys()]);
  const personal = grant(profile.resources.map((resource) => resource.name));
  const make = (organization: typeof acme, name: string, permissions: string[]) =>
    makeKey(operator.within(organization.id), service, name, permissions);
  const ada = await signUpMember(operator, acme.id, 'Ada');
  const credentials = {
    userKey: await ada.makeUserKey(service, 'Ada’s laptop', personal),
    botKey: await make(acme, 'Production', everything),
    analyticsKey: await make(acme, 'Analytics dashboard', ['stats:read']),
    linkId: seed(acme, 'shortLinks', { url: 'https://example.com/acme' }),
    otherOrganizationKey: await make(globex, 'Globex', everything),
    otherOrganizationLinkId: seed(globex, 'shortLinks', { url: 'https://example.com/globex' }),
  };
  return { app, credentials };
}
