import { type Bootstrapped, bootstrapInstance } from '@keyward/server/accounts/bootstrap-instance';
import { connectDatabase, type Database } from '@keyward/server/database/connect-database';
import { createRequestId } from '@keyward/server/database/create-id';
import { ensureOwnService } from '@keyward/server/services/ensure-own-service';
import type { ProtocolRules } from '@keyward/server/verification/authority/rules';
import { type ClusterMember, startClusterMember } from './cluster-member.ts';
import { uniqueName } from './unique-name.ts';

export interface ClusterOptions {
  /** Of every node. One second by default, so that rounds are short; the product's is three. */
  leaseSeconds?: number;
  rules?: Partial<ProtocolRules>;
}

/** Three nodes, each a process of its own with a faulty network between it and the one database. */
export interface Cluster extends AsyncDisposable {
  nodes: readonly [ClusterMember, ClusterMember, ClusterMember];
  /** Past every proxy. */
  databaseUrl: string;
  database: Database;
  leaseMilliseconds: number;
  /** What bootstrap made: its key acts in every organization, and is the caller of every call. */
  bootstrap: Bootstrapped;
  /** Waits until each node holds a lease. */
  ready(): Promise<void>;
  setRules(rules: Partial<ProtocolRules>): Promise<void>;
}

/** @param databaseUrl of a migrated, empty database of the cluster's own. */
export async function startCluster(
  databaseUrl: string,
  { leaseSeconds = 1, rules = {} }: ClusterOptions = {},
): Promise<Cluster> {
  await using started = new AsyncDisposableStack();
  const connection = connectDatabase(databaseUrl, 4);
  started.defer(() => connection.close());
  const { database } = connection;
  await ensureOwnService(database);
  const bootstrap = await bootstrapInstance(
    {
      database,
      actor: { type: 'system', name: 'test' },
      requestId: createRequestId(),
      address: null,
      userAgent: null,
    },
    {
      email: `${uniqueName('operator')}@example.com`,
      name: 'Olga Operator',
      password: 'correct horse battery staple',
      organization: uniqueName('Acme'),
    },
  );
  const startMember = async (name: string) =>
    started.use(
      await startClusterMember(name, { databaseUrl, leaseSeconds, rules }, bootstrap.secret),
    );
  const nodes = await Promise.all([startMember('A'), startMember('B'), startMember('C')] as const);
  const stack = started.move();
  return {
    nodes,
    databaseUrl,
    database,
    leaseMilliseconds: leaseSeconds * 1000,
    bootstrap,
    ready: async () => void (await Promise.all(nodes.map((node) => node.ready()))),
    setRules: async (changed) =>
      void (await Promise.all(nodes.map((node) => node.setRules(changed)))),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
