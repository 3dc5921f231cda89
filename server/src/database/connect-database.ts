import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { impatientSockets } from './impatient-sockets.ts';
import * as accounts from './schema/accounts.ts';
import * as audit from './schema/audit.ts';
import * as authority from './schema/authority.ts';
import * as keys from './schema/keys.ts';
import * as organizations from './schema/organizations.ts';
import * as services from './schema/services.ts';
import * as signInWays from './schema/sign-in-ways.ts';
import * as usage from './schema/usage.ts';
import * as webhooks from './schema/webhooks.ts';

const schema = {
  ...accounts,
  ...audit,
  ...authority,
  ...keys,
  ...organizations,
  ...services,
  ...signInWays,
  ...usage,
  ...webhooks,
};

type Schema = typeof schema;

/** A pool, or a transaction: a verb that opens a transaction within one gets a savepoint. */
export type Database = PgDatabase<
  PostgresJsQueryResultHKT,
  Schema,
  ExtractTablesWithRelations<Schema>
>;

/** What a change must be made in. The type keeps a pool from being passed by mistake. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseConnection {
  database: Database;
  /** Waits for what is running, at most five seconds, then closes. */
  close(): Promise<void>;
}

/**
 * Opens a pool on a PostgreSQL 15 or newer. Nothing is sent until the first query.
 * @param maximumConnections of the pool.
 * @param silenceMilliseconds after which a connection that says nothing is given up.
 */
export function connectDatabase(
  url: string,
  maximumConnections = 10,
  silenceMilliseconds = 30_000,
): DatabaseConnection {
  const client = postgres(url, {
    ...impatientSockets(silenceMilliseconds),
    max: maximumConnections,
    // Where the address names several servers: a standby may not have heard of a change yet.
    target_session_attrs: 'primary',
    connect_timeout: 10,
    // Seconds. Ends in order what the limit of silence would cut.
    idle_timeout: 20,
    // Seconds between attempts. By default they grow to twenty, and a node would heal as late.
    backoff: () => 0.5,
    // Notices are PostgreSQL's chatter to a person at a prompt; here they would be noise.
    onnotice: () => {},
    connection: {
      application_name: 'keyward',
      TimeZone: 'UTC',
      // Milliseconds. A node that is lost within a transaction leaves its locks behind, and a revocation
      // would wait for them until the connection is found dead, which may take hours.
      idle_in_transaction_session_timeout: 3_000,
    },
  });
  return {
    database: drizzle(client, { schema }),
    close: () => client.end({ timeout: 5 }),
  };
}
