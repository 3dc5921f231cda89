import postgres from 'postgres';

/** What one renewal says, all of it as of one snapshot. */
export interface Renewal {
  /** False when the node's row is gone: then this was no renewal. */
  registered: boolean;
  revision: number;
  /** Tells the newest change from any other that ever had its number. */
  newestChange: string | null;
  /** The same of the newest change that the node had seen; null where it stands no more. */
  seenChange: string | null;
  /** The subjects of the changes since the revision that the node had applied, oldest first. */
  changes: { subject: string; subjectId: string }[];
  hasImports: boolean;
  /** The database's clock, in milliseconds since the epoch. */
  now: number;
  /** Of the server: its system identifier and its timeline, which a failover or a restored backup changes. */
  identity: string;
  nodes: { id: string; renewals: number; leaseSeconds: number }[];
}

/** More changes than this are not read one by one: the node forgets everything instead. */
export const mostChangesRead = 1000;

export interface LeaseConnection {
  /** Renews the node's row and reads what has changed, in one statement on the primary. */
  renew(nodeId: string, revisions: { applied: number; newest: number }): Promise<Renewal>;
  /** Removes the row of a node that has not renewed it since it was seen with this count. */
  removeNode(nodeId: string, renewals: number): Promise<void>;
  /** Calls back at each notification, and when listening begins anew. A hint: it may miss any. */
  listen(onHint: () => void): void;
  close(): Promise<void>;
}

const closeSeconds = 2;

interface LeaseConnectionOptions {
  /** After which a statement is given up, and the connection with it. */
  deadlineMilliseconds: number;
  /** The connection is gone. If the server crashed, it may have lost the newest renewals of every node. */
  onLost(): void;
}

/**
 * A connection of the lease's own, so that no other work delays it. Straight to PostgreSQL: a pooler in
 * between would lose LISTEN, and may speak to a standby.
 */
export function openLeaseConnection(url: string, options: LeaseConnectionOptions): LeaseConnection {
  const { deadlineMilliseconds } = options;
  const connect = () => connectToPrimary(url, options);
  let sql = connect();
  let listener: postgres.Sql | undefined;

  /** Gives up a connection that has fallen silent: a later one may get through. */
  async function inTime<Result>(statement: Promise<Result>): Promise<Result> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const silent = sql;
      sql = connect();
      void silent.end({ timeout: 0 });
      reject(new Error(`The primary did not answer within ${deadlineMilliseconds} ms.`));
    }, deadlineMilliseconds);
    return Promise.race([statement, promise]).finally(() => clearTimeout(timer));
  }

  return {
    async renew(nodeId, revisions) {
      const [row] = await inTime(readRenewal(sql, nodeId, revisions));
      if (row === undefined) {
        throw new Error('The row of authority_revision is missing: restore it from a backup.');
      }
      return row;
    },
    async removeNode(nodeId, renewals) {
      await inTime(
        sql`delete from authority_nodes where id = ${nodeId} and renewals = ${renewals}`.then(
          () => {},
        ),
      );
    },
    listen(onHint) {
      listener = connect();
      // Rejects only where no connection comes about at first; the renewals report that themselves.
      void listener.listen('keyward_authority', onHint, onHint).catch(() => {});
    },
    async close() {
      await Promise.all([
        sql.end({ timeout: closeSeconds }),
        listener?.end({ timeout: closeSeconds }),
      ]);
    },
  };
}

function connectToPrimary(
  url: string,
  { deadlineMilliseconds, onLost }: LeaseConnectionOptions,
): postgres.Sql {
  return postgres(url, {
    max: 1,
    onclose: onLost,
    connect_timeout: 5,
    backoff: () => 0.25,
    onnotice: () => {},
    // A standby that has not heard of a change would answer as if there were none.
    target_session_attrs: 'primary',
    connection: {
      application_name: 'keyward lease',
      TimeZone: 'UTC',
      // Nobody waits for the disk: whoever counts renewals counts anew when it may have lost some.
      synchronous_commit: 'off',
      // The server would not notice that we have given up, and each attempt would leave one waiting.
      statement_timeout: deadlineMilliseconds,
    },
  });
}

function readRenewal(
  sql: postgres.Sql,
  nodeId: string,
  { applied, newest }: { applied: number; newest: number },
): Promise<Renewal[]> {
  const change = sql`select extract(epoch from at) || ' ' || subject_id from authority_changes`;
  return sql<Renewal[]>`
    with renewed as (
      update authority_nodes
      set renewals = renewals + 1, renewed_at = now(), applied_revision = ${applied}
      where id = ${nodeId}
      returning id
    )
    select
      exists (select from renewed) as registered,
      revision::float8 as revision,
      (${change} where revision = authority_revision.revision) as "newestChange",
      (${change} where revision = ${newest}) as "seenChange",
      has_imports as "hasImports",
      extract(epoch from clock_timestamp())::float8 * 1000 as now,
      (select system_identifier from pg_control_system()) || '/'
        || left(pg_walfile_name(pg_current_wal_lsn()), 8) as identity,
      (select coalesce(jsonb_agg(change order by change.revision), '[]') from (
        select revision, subject, subject_id as "subjectId" from authority_changes
        where revision > ${applied} order by revision limit ${mostChangesRead + 1}
      ) as change) as changes,
      (select coalesce(jsonb_agg(node), '[]') from (
        select id, renewals, lease_seconds as "leaseSeconds" from authority_nodes
      ) as node) as nodes
    from authority_revision`.then((rows) => [...rows]);
}
