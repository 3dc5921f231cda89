import type {
  Actor,
  ActorContext,
  KeyActor,
  OrganizationContext,
  UserActor,
} from '@keyward/server/context';
import { connectDatabase, type Database } from '@keyward/server/database/connect-database';
import { createId, createRequestId } from '@keyward/server/database/create-id';
import { createKey } from '@keyward/server/keys/create-key';
import { createOrganization } from '@keyward/server/organizations/create-organization';
import { ensureOwnService } from '@keyward/server/services/ensure-own-service';
import { putService } from '@keyward/server/services/put-service';
import { type CreateKeyInput, createKeyOfKindInput } from '@keyward/shared/keys';
import type { Role } from '@keyward/shared/organizations';
import type { Permission } from '@keyward/shared/permissions';
import type { KeyKind, ServiceProfile } from '@keyward/shared/service-profile';
import postgres, { type Sql } from 'postgres';
import { createTestDatabase } from './test-database.ts';
import { uniqueName } from './unique-name.ts';

export interface KeyContext extends OrganizationContext {
  actor: KeyActor;
}

export interface UserContext extends OrganizationContext {
  actor: UserActor;
}

/** An organization, and a context for everybody who may act in it. */
export interface TestOrganization {
  id: string;
  slug: string;
  owner: UserContext;
  admin: UserContext;
  member: UserContext;
  /** Of an operator who is no member. */
  operator: UserContext;
  system: OrganizationContext;
  /** Another member. */
  join(role: Role): Promise<UserContext>;
  /** A bot key of this organization, of Keyward's own service unless another is named. */
  bot(permissions: Permission[], options?: BotOptions): Promise<KeyContext>;
}

interface BotOptions {
  service?: string;
  allOrganizations?: boolean;
}

export interface TestStore extends AsyncDisposable {
  url: string;
  database: Database;
  /** For looking at the rows, and for moving them in time. */
  sql: Sql;
  system: ActorContext;
  /** A pool of its own, as another node has one. */
  connect(maximumConnections?: number): Database;
  as<A extends Actor>(actor: A): ActorContext & { actor: A };
  user(facts?: { isOperator?: boolean }): Promise<UserActor>;
  /** Puts a profile into the catalog under a slug of its own, and returns that slug. */
  service(profile: ServiceProfile): Promise<string>;
  organization(): Promise<TestOrganization>;
  /** A digest of the rows of each table: two are equal exactly when nothing has changed between. */
  fingerprint(): Promise<Record<string, string>>;
  /** The tables with a row in which this text stands. */
  tablesHolding(text: string): Promise<string[]>;
}

/** A migrated database of the caller's own, with Keyward's own service, to call verbs on directly. */
export async function createTestStore(): Promise<TestStore> {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await createTestDatabase());
  const connect = (maximumConnections?: number) => {
    const connection = connectDatabase(url, maximumConnections);
    stack.defer(() => connection.close());
    return connection.database;
  };
  const sql = postgres(url, {
    max: 4,
    onnotice: () => {},
    // What a test changes by hand need not be waited for: its store has no nodes.
    connection: { 'keyward.changes_authority': 'on' },
  });
  stack.defer(() => sql.end());
  const database = connect();
  await ensureOwnService(database);

  const as = <A extends Actor>(actor: A) => ({
    database,
    actor,
    requestId: createRequestId(),
    address: '203.0.113.9',
    userAgent: 'keyward-test/1',
  });
  const system = as({ type: 'system', name: 'test' });

  const user = async ({ isOperator = false } = {}): Promise<UserActor> => {
    const userId = createId('user');
    const name = uniqueName('Ada');
    const email = `${name.toLowerCase()}@example.com`;
    await sql`insert into users (id, email, name, password_hash, is_operator)
      values (${userId}, ${email}, ${name}, 'none', ${isOperator})`;
    const session = { id: '', isFresh: true, hasSecondFactor: false };
    return { type: 'user', userId, email, name, isOperator, session };
  };

  const service = async (profile: ServiceProfile): Promise<string> => {
    const slug = uniqueName(profile.slug);
    await putService(system, slug, { ...profile, slug });
    return slug;
  };

  const organization = async (): Promise<TestOrganization> => {
    const ownerActor = await user();
    const { id, slug } = await createOrganization(as(ownerActor), { name: uniqueName('Acme') });
    const within = <A extends Actor>(actor: A, role: Role | null) => ({
      ...as(actor),
      organizationId: id,
      role,
    });
    const join = async (role: Role): Promise<UserContext> => {
      const actor = await user();
      await sql`insert into memberships (organization_id, user_id, role)
        values (${id}, ${actor.userId}, ${role})`;
      return within(actor, role);
    };
    return {
      id,
      slug,
      owner: within(ownerActor, 'owner'),
      admin: await join('admin'),
      member: await join('member'),
      operator: within(await user({ isOperator: true }), null),
      system: within(system.actor, null),
      join,
      async bot(permissions, { service: slug = 'keyward', allOrganizations = false } = {}) {
        const { key } = await createKey(
          within(system.actor, null),
          keyInput({ service: slug, permissions }),
          { allOrganizations },
        );
        const actor: KeyActor = {
          type: 'key',
          keyId: key.id,
          name: key.name,
          organizationId: id,
          userId: null,
          permissions,
          allOrganizations,
        };
        return within(actor, null);
      },
    };
  };

  return {
    url,
    database,
    sql,
    system,
    connect,
    as,
    user,
    service,
    organization,
    ...lookInto(sql),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function lookInto(sql: Sql): Pick<TestStore, 'fingerprint' | 'tablesHolding'> {
  const tableNames = async () => {
    const rows = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`;
    return rows.map((row) => row.name);
  };
  return {
    async fingerprint() {
      const digests: Record<string, string> = {};
      for (const name of await tableNames()) {
        const [row] = await sql<{ digest: string }[]>`
          select count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' order by t::text)), '')
            as digest from ${sql(name)} t`;
        digests[name] = row?.digest ?? '';
      }
      return digests;
    },
    async tablesHolding(text) {
      const found: string[] = [];
      for (const name of await tableNames()) {
        const rows = await sql`
          select from ${sql(name)} t where strpos(t::text, ${text}) > 0 limit 1`;
        if (rows.length > 0) {
          found.push(name);
        }
      }
      return found;
    },
  };
}

/** What a face would pass on for a new key: parsed, its defaults filled in, its name unique. */
export function keyInput(
  input: { service: string; kind?: KeyKind } & Partial<CreateKeyInput>,
): CreateKeyInput & { kind: KeyKind } {
  return createKeyOfKindInput.parse({
    name: uniqueName('key'),
    kind: 'bot',
    permissions: [],
    ...input,
  });
}

/** The same person, who gave their password more than 15 minutes ago. */
export const inStaleSession = (context: UserContext): UserContext => ({
  ...context,
  actor: { ...context.actor, session: { id: '', isFresh: false, hasSecondFactor: false } },
});
