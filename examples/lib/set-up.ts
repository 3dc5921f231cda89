import { type Keyward, KeywardRefusal } from './keyward.ts';

/** A service of Keyward's catalog, as far as the examples read it. */
export interface Service {
  slug: string;
  resources: { name: string; actions: { name: string }[] }[];
  defaults: { permissions: string[] };
}

/** A key as Keyward shows it to those who manage it. */
export interface Key {
  id: string;
  name: string;
  kind: 'user' | 'bot';
  service: string;
  tier: string;
  last4: string;
  status: 'active' | 'suspended' | 'expired' | 'revoked';
  permissions: string[];
  ipAllowlist: string[];
  expiresAt: string | null;
  externalId: string | null;
  user: { name: string } | null;
  createdAt: string;
  usage: { totalRequests: number; lastUsedAt: string | null };
}

export interface MadeKey {
  key: Key;
  secret: string;
}

/** Where a product stands in Keyward once everything is in place. */
export interface Place {
  profile: Service;
  /** May ask about the keys of the organization, and do nothing else. */
  verifier: Keyward;
  /** Makes, lists, changes and revokes keys of the one service in the organization. */
  manager: Keyward;
}

/**
 * Puts a product's service in place from its preset, an organization for its customer, and the keys that
 * the product itself works with. It may be called again and again: what stands already is left as it is.
 */
export async function setUp(
  operator: Keyward,
  product: {
    name: string;
    preset: string;
    organization: string;
    /** What the manager must be beyond the defaults, to hand it out. */
    manager?: { tier: string; permissions: string[] };
  },
): Promise<Place> {
  const profile = await ensureService(operator, product.preset);
  const organization = operator.within(await ensureOrganization(operator, product.organization));
  const by = async (name: string, service: string, permissions: string[], more = {}) =>
    organization.by(await makeKey(organization, service, name, permissions, more));

  // Two keys for two jobs: what is asked at every request cannot change anything.
  const verifier = await by(`${product.name} asks about keys`, 'keyward', ['apiKeys:verify']);
  // A bot makes no key that is stronger than itself: this one belongs to the service, and holds all
  // that it may hand out.
  const { permissions = [], ...more } = product.manager ?? {};
  const manager = await by(
    `${product.name} manages keys`,
    profile.slug,
    [
      ...profile.resources.map((resource) => `${resource.name}:*`),
      ...['create', 'read', 'update', 'delete'].map((action) => `apiKeys:${action}`),
      ...permissions,
    ],
    more,
  );
  return { profile, verifier, manager };
}

/** The service of this slug, which is made from the preset of that name when there is none. */
export async function ensureService(operator: Keyward, preset: string): Promise<Service> {
  return operator
    .call<Service>('GET', `/v1/services/${preset}`)
    .catch(unless(404, () => operator.call('PUT', `/v1/services/${preset}`, { preset })));
}

/** Whether a permission is the service's own: those to Keyward itself are not a product's to give. */
export function offers(profile: Service, permission: string): boolean {
  return profile.resources.some((resource) => permission.startsWith(`${resource.name}:`));
}

/** The id of the organization of this name, which is made when there is none. */
export async function ensureOrganization(operator: Keyward, name: string): Promise<string> {
  const slug = name.toLowerCase().replaceAll(' ', '-');
  return operator
    .call<{ id: string }>('POST', '/v1/organizations', { name, slug })
    .then((made) => made.id)
    .catch(
      unless(409, async () => {
        const all = listAll<{ id: string; slug: string }>(operator, '/v1/organizations?limit=200');
        for await (const organization of all) {
          if (organization.slug === slug) {
            return organization.id;
          }
        }
        throw new Error(`There is no organization ${slug}, and none can be made.`);
      }),
    );
}

/**
 * Makes a bot key. A real product makes its own once and keeps their secrets in its secret manager; an
 * example makes fresh ones at each start. They have no end: what a manager makes must not outlive it.
 */
export async function makeKey(
  keyward: Keyward,
  service: string,
  name: string,
  permissions: string[],
  more: { tier?: string; externalId?: string } = {},
): Promise<string> {
  const input = { name, service, permissions, expiresAt: null, ...more };
  return (await keyward.call<MadeKey>('POST', '/v1/keys', input)).secret;
}

/** All keys of an owner in the product's own books, whom Keyward knows by `externalId`. */
export async function listKeys(manager: Keyward, service: string, owner: string): Promise<Key[]> {
  const query = `service=${service}&externalId=${encodeURIComponent(owner)}&limit=200`;
  const keys: Key[] = [];
  for await (const key of listAll<Key>(manager, `/v1/keys?${query}`)) {
    keys.push(key);
  }
  return keys;
}

/** To be asked before an id is put into an address: a caller's text must not lead to another call. */
export const isKeyId = (text: string): boolean => /^key_[0-9a-z]{26}$/.test(text);

/** One key of an owner; undefined when there is none, or when it is somebody else's. */
export async function findKey(
  manager: Keyward,
  service: string,
  owner: string,
  id: string,
): Promise<Key | undefined> {
  if (!isKeyId(id)) {
    return undefined;
  }
  const key = await manager
    .call<Key>('GET', `/v1/keys/${id}`)
    .catch(unless(404, async () => undefined));
  return key?.service === service && key.externalId === owner ? key : undefined;
}

/** Every entry of a list that Keyward gives page by page. */
async function* listAll<Entry>(keyward: Keyward, path: string): AsyncGenerator<Entry> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { data: Entry[]; nextCursor: string | null } = await keyward.call(
      'GET',
      `${path}${cursor && `&cursor=${cursor}`}`,
    );
    yield* page.data;
    cursor = page.nextCursor;
  }
}

/** Handles a refusal of this status in another way; every other error stays one. */
function unless<Answer>(status: number, otherwise: () => Promise<Answer>) {
  return (error: unknown): Promise<Answer> => {
    if (error instanceof KeywardRefusal && error.status === status) {
      return otherwise();
    }
    throw error;
  };
}
