import { randomInt } from 'node:crypto';
import { DomainError } from '@keyward/shared/errors';
import type { Permission } from '@keyward/shared/permissions';
import { presetNames, servicePresets } from '@keyward/shared/service-presets';
import { sql } from 'drizzle-orm';
import { awaitFirstAccount, createAccount, hasAccounts } from '../accounts/create-account.ts';
import { demoEmail } from '../accounts/demo-email.ts';
import type { ActorContext, OrganizationContext, UserActor } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { memberships } from '../database/schema/organizations.ts';
import { createKey } from '../keys/create-key.ts';
import { judgeUnusedPermissions } from '../keys/judge-unused-permissions.ts';
import { rotateKey } from '../keys/rotate-key.ts';
import { createOrganization } from '../organizations/create-organization.ts';
import { writeService } from '../services/put-service.ts';
import { type DemoKey, type DemoOrganization, demoOrganizations } from './demo-cast.ts';
import { daysSinceEnd, makeAddresses, makeTraffic } from './demo-traffic.ts';
import { isDemo } from './is-demo.ts';
import { type KeyTraffic, sumUpTraffic, writeDemoTraffic } from './write-demo-traffic.ts';

/** A key that was made, and how it is to live. */
interface MadeKey extends DemoKey {
  id: string;
  permissions: readonly Permission[];
}

interface RotatingKey {
  keyId: string;
  organizationId: string;
}

/**
 * Fills an empty instance with two organizations, every preset, a hundred keys and a month of traffic: all
 * of it, or nothing. An instance that is a demo already stays as it is.
 * @param say is told the password too, before anything else can fail.
 * @returns the password of `demoEmail`, which is told here and nowhere else; null where it was made before.
 */
export async function fillDemo(
  context: ActorContext,
  say: (message: string) => void,
): Promise<string | null> {
  const { database } = context;
  const password = Array.from({ length: 4 }, () => randomInt(1000, 9999)).join('-');
  const rotating = await database.transaction(async (transaction) => {
    // Its rows are moved back in time by hand. No node holds any of them yet.
    await transaction.execute(sql`select set_config('keyward.changes_authority', 'on', true)`);
    const within = { ...context, database: transaction };
    if (!(await isEmpty(transaction))) {
      return null;
    }
    say('Making the demo: services…');
    for (const preset of presetNames) {
      await writeService(transaction, context, preset, { preset });
    }
    const owner = await createAccount(
      within,
      { email: demoEmail, name: 'Demo', password },
      'first',
    );
    const made: RotatingKey[] = [];
    for (const cast of demoOrganizations) {
      say(`Making the demo: ${cast.name}, ${cast.keys.length} keys and 30 days of traffic…`);
      made.push(...(await fillOrganization({ ...within, actor: owner }, cast, password)));
    }
    await sumUpTraffic(transaction);
    await judgeUnusedPermissions(within);
    return made;
  });
  if (rotating === null) {
    return null;
  }
  // At once: whatever happens from here, the demo stands and nobody else knows it.
  say(
    `The demo is made: sign in as ${demoEmail} with the password ${password}. It is told this once.`,
  );
  for (const { keyId, organizationId } of rotating) {
    const within = { ...context, organizationId, role: null };
    await rotateKey(within, keyId, { graceSeconds: 3 * 86_400 });
  }
  return password;
}

/** Whether the demo is still to be made. Nobody else makes an account until the transaction ends. */
async function isEmpty(transaction: Transaction): Promise<boolean> {
  await awaitFirstAccount(transaction);
  if (await isDemo(transaction)) {
    return false;
  }
  if (await hasAccounts(transaction)) {
    throw new DomainError(
      'conflict',
      'The demo fills an empty instance, and this one has accounts: set KEYWARD_DATA_DIR to a new folder, or start without --demo.',
    );
  }
  return true;
}

type DemoContext = Omit<ActorContext, 'database' | 'actor'> & {
  database: Transaction;
  actor: UserActor;
};

async function fillOrganization(
  context: DemoContext,
  cast: DemoOrganization,
  password: string,
): Promise<RotatingKey[]> {
  const { database } = context;
  const { id: organizationId } = await createOrganization(context, cast);
  const owner = { ...context, organizationId, role: 'owner' as const };
  const made: MadeKey[] = [];
  for (const person of cast.people) {
    const email = `${person.email}@keyward.example`;
    const actor = await createAccount(context, { email, name: person.name, password }, 'open');
    await database
      .insert(memberships)
      .values({ organizationId, userId: actor.userId, role: person.role });
    for (const service of person.keys) {
      const key = {
        service,
        name: `${person.name.split(' ')[0]}’s laptop`,
        story: 'office',
      } as const;
      made.push(await makeKey({ ...owner, actor, role: person.role }, key, 'user'));
    }
  }
  for (const key of cast.keys) {
    made.push(await makeKey(owner, key, 'bot'));
  }
  await moveBack(database, organizationId);
  await writeDemoTraffic(database, made.map(trafficOf));
  for (const key of made) {
    await bringToItsEnd(database, key);
  }
  return made
    .filter(({ story }) => story === 'rotating')
    .map(({ id: keyId }) => ({ keyId, organizationId }));
}

async function makeKey(
  context: OrganizationContext,
  key: DemoKey,
  kind: 'user' | 'bot',
): Promise<MadeKey> {
  const { resources, tiers } = servicePresets[key.service];
  const single = resources.flatMap(({ name, actions }) =>
    actions.slice(0, 2).map((action): Permission => `${name}:${action.name}`),
  );
  const all = resources.map(({ name }): Permission => `${name}:*`);
  const permissions = key.story === 'wide' ? all : shuffle(single).slice(0, randomInt(1, 5));
  const tier = tiers[randomInt(tiers.length)];
  const made = await createKey(context, {
    kind,
    name: key.name,
    service: key.service,
    permissions,
    environment: key.name.includes('probe') && tier?.prefixes.test !== undefined ? 'test' : 'live',
    ...(tier !== undefined && { tier: tier.name }),
    ...(key.story === 'limited' && { rateLimit: { limit: 200, windowSeconds: 3600 } }),
    ipAllowlist: key.story === 'locked' ? ['198.51.100.0/24'] : [],
    externalId: Math.random() < 0.3 ? `cust_${randomInt(10_000, 99_999)}` : null,
    metadata: {},
  });
  return { ...key, id: made.key.id, permissions };
}

/** As if keys had been made over the months before the traffic. */
async function moveBack(transaction: Transaction, organizationId: string): Promise<void> {
  await transaction.execute(sql`
    update keys set created_at = now() - interval '31 days' - interval '300 days' * random()
    where organization_id = ${organizationId}`);
  await transaction.execute(sql`
    update key_secrets set created_at = keys.created_at
    from keys where keys.id = key_id and organization_id = ${organizationId}`);
  await transaction.execute(sql`
    update memberships set created_at = now() - interval '200 days' * (1 + random())
    where organization_id = ${organizationId}`);
}

function trafficOf({ id, story, permissions }: MadeKey): KeyTraffic {
  const hours = makeTraffic(story, Date.now());
  return {
    keyId: id,
    hours,
    addresses: makeAddresses(story, hours),
    permissions:
      story === 'wide'
        ? permissions.slice(0, 1).map((permission) => permission.replace('*', 'read'))
        : permissions,
  };
}

/** What has become of a key by now. */
async function bringToItsEnd(transaction: Transaction, { id, story }: MadeKey): Promise<void> {
  const days = daysSinceEnd(story);
  const ended = sql`now() - make_interval(days => ${days ?? 0})`;
  const sets = {
    revoked: sql`revoked_at = ${ended}`,
    suspended: sql`suspended_at = ${ended}`,
    expired: sql`expires_at = ${ended}`,
    expiring: sql`expires_at = now() + interval '5 days'`,
    faded: sql`last_used_at = now() - interval '47 days', total_requests = 8412`,
  };
  if (story in sets) {
    await transaction.execute(
      sql`update keys set ${sets[story as keyof typeof sets]} where id = ${id}`,
    );
  }
}

function shuffle<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}
