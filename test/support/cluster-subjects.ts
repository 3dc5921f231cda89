import { createId } from '@keyward/server/database/create-id';
import { users } from '@keyward/server/database/schema/accounts';
import { keySecrets, keys } from '@keyward/server/database/schema/keys';
import { memberships, organizations } from '@keyward/server/database/schema/organizations';
import { services } from '@keyward/server/database/schema/services';
import { mintSecret } from '@keyward/server/keys/mint-secret';
import type { Permission } from '@keyward/shared/permissions';
import type { Cluster } from './cluster.ts';
import type { AskedKey } from './cluster-member.ts';

/** The ways in which a key stops being good. */
export const verbs = [
  'revoke',
  'suspend',
  'finish rotation',
  'remove member',
  'demote',
  'suspend organization',
] as const;
export type Verb = (typeof verbs)[number];

/** A key that is good until its one change, and what that change is. */
export interface Subject extends Required<AskedKey> {
  name: string;
  keyId: string;
  verb: Verb;
  change: { method: string; path: string; body?: unknown; headers: Record<string, string> };
  /** What a verification says after the change. */
  outcome: string;
}

const dayMilliseconds = 86_400_000;
const adminOnly: Permission = 'apiKeys:create';

/** Makes keys by their rows, each with an organization and a member of its own. */
export async function makeSubjects(
  { database }: Pick<Cluster, 'database'>,
  wanted: readonly Verb[],
): Promise<Subject[]> {
  const catalog = await database.select({ id: services.id, slug: services.slug }).from(services);
  const service = catalog.find(({ slug }) => slug === 'keyward');
  const made = wanted.map((verb, index) => rowsFor(verb, `${index} ${verb}`, service?.id ?? ''));
  await database.transaction(async (transaction) => {
    await transaction.insert(organizations).values(made.map((rows) => rows.organization));
    await transaction.insert(users).values(made.map((rows) => rows.user));
    await transaction.insert(memberships).values(made.map((rows) => rows.membership));
    await transaction.insert(keys).values(made.map((rows) => rows.key));
    await transaction.insert(keySecrets).values(made.flatMap((rows) => rows.secrets));
  });
  return made.map((rows) => rows.subject);
}

export async function makeSubject(cluster: Cluster, verb: Verb = 'revoke'): Promise<Subject> {
  const [subject] = await makeSubjects(cluster, [verb]);
  if (subject === undefined) throw new Error('No subject was made.');
  return subject;
}

function rowsFor(verb: Verb, name: string, serviceId: string) {
  const organizationId = createId('organization');
  const userId = createId('user');
  const keyId = createId('key');
  const isUserKey = verb === 'remove member' || verb === 'demote';
  const presented = mintSecret('kw_live_');
  const newer = mintSecret('kw_live_');
  const secretRow = (
    { plaintextSecret: _, ...secret }: typeof presented,
    retires: boolean,
  ): typeof keySecrets.$inferInsert => ({
    id: createId('secret'),
    keyId,
    ...secret,
    retiresAt: retires ? new Date(Date.now() + dayMilliseconds) : null,
  });
  const headers = { 'X-Keyward-Organization': organizationId };
  const subject: Subject = {
    name,
    keyId,
    verb,
    secret: presented.plaintextSecret,
    permissions: verb === 'demote' ? [adminOnly] : [],
    ...changes[verb]({ keyId, userId, organizationId, headers }),
  };
  return {
    subject,
    organization: { id: organizationId, slug: organizationId.replace('_', '-'), name },
    user: { id: userId, email: `${userId}@example.com`, name, passwordHash: 'none' },
    membership: { organizationId, userId, role: 'admin' as const },
    key: {
      id: keyId,
      organizationId,
      serviceId,
      kind: isUserKey ? ('user' as const) : ('bot' as const),
      userId: isUserKey ? userId : null,
      environment: 'live' as const,
      tier: 'default',
      name,
      permissions: [adminOnly],
      ipAllowlist: [],
      metadata: {},
      createdBy: { type: 'system' as const, id: null, name: 'test' },
    },
    secrets:
      verb === 'finish rotation'
        ? [secretRow(presented, true), secretRow(newer, false)]
        : [secretRow(presented, false)],
  };
}

interface Ids {
  keyId: string;
  userId: string;
  organizationId: string;
  headers: Record<string, string>;
}

const changes: Record<Verb, (ids: Ids) => Pick<Subject, 'change' | 'outcome'>> = {
  revoke: ({ keyId, headers }) => ({
    change: { method: 'DELETE', path: `/v1/keys/${keyId}`, headers },
    outcome: 'REVOKED',
  }),
  suspend: ({ keyId, headers }) => ({
    change: {
      method: 'PATCH',
      path: `/v1/keys/${keyId}`,
      body: { status: 'suspended' },
      headers,
    },
    outcome: 'SUSPENDED',
  }),
  'finish rotation': ({ keyId, headers }) => ({
    change: {
      method: 'POST',
      path: `/v1/keys/${keyId}/rotation`,
      body: { action: 'finish' },
      headers,
    },
    outcome: 'RETIRED',
  }),
  'remove member': ({ userId, headers }) => ({
    change: { method: 'DELETE', path: `/v1/members/${userId}`, headers },
    outcome: 'REVOKED',
  }),
  demote: ({ userId, headers }) => ({
    change: {
      method: 'PATCH',
      path: `/v1/members/${userId}`,
      body: { role: 'member' },
      headers,
    },
    outcome: 'INSUFFICIENT_PERMISSIONS',
  }),
  'suspend organization': ({ organizationId }) => ({
    change: {
      method: 'PATCH',
      path: `/v1/organizations/${organizationId}`,
      body: { status: 'suspended' },
      headers: {},
    },
    outcome: 'ORGANIZATION_SUSPENDED',
  }),
};
