import { sql } from 'drizzle-orm';
import { pruneAccounts } from './accounts/prune-accounts.ts';
import type { ActorContext } from './context.ts';
import { tryLock } from './database/advisory-lock.ts';
import type { Database } from './database/connect-database.ts';
import { createRequestId } from './database/create-id.ts';
import { judgeUnusedPermissions } from './keys/judge-unused-permissions.ts';
import { retireQuietSecrets } from './keys/retire-quiet-secrets.ts';
import { suspendUnusedKeys } from './keys/suspend-unused-keys.ts';
import { pruneAuthorityChanges } from './verification/authority/prune-changes.ts';
import { pruneAddresses } from './verification/usage/prune-addresses.ts';
import { pruneDeliveries } from './webhooks/delivery/prune-deliveries.ts';
import { tellOfTime } from './webhooks/notices/tell-of-time.ts';
import { tellOfTraffic } from './webhooks/notices/tell-of-traffic.ts';
import { tellOfUnused } from './webhooks/notices/tell-of-unused.ts';

export interface Duty {
  name: string;
  everyMilliseconds: number;
  /** From the start to its first time, where that is not to take as long. */
  firstAfterMilliseconds?: number;
  perform(context: ActorContext): Promise<unknown>;
}

const duties: readonly Duty[] = [
  { name: 'retire quiet secrets', everyMilliseconds: 1_000, perform: retireQuietSecrets },
  { name: 'suspend unused keys', everyMilliseconds: 60_000, perform: suspendUnusedKeys },
  { name: 'prune changes', everyMilliseconds: 60_000, perform: pruneAuthorityChanges },
  { name: 'prune addresses', everyMilliseconds: 600_000, perform: pruneAddresses },
  { name: 'tell of traffic', everyMilliseconds: 10_000, perform: tellOfTraffic },
  { name: 'tell of time', everyMilliseconds: 60_000, perform: tellOfTime },
  { name: 'tell of unused keys', everyMilliseconds: 900_000, perform: tellOfUnused },
  {
    name: 'judge unused permissions',
    everyMilliseconds: 900_000,
    firstAfterMilliseconds: 10_000,
    perform: judgeUnusedPermissions,
  },
  { name: 'prune deliveries', everyMilliseconds: 900_000, perform: pruneDeliveries },
  { name: 'prune accounts', everyMilliseconds: 60_000, perform: pruneAccounts },
];

/** Each duty's lock takes a connection, and there must be others left to do the work on. */
export const dutyConnections = duties.length + 2;

const signOfLifeMilliseconds = 5_000;

export interface Duties {
  /** Waits for what is running. */
  stop(): Promise<void>;
}

/** Does what Keyward owes to nobody's call: each duty again and again, on one node at a time. */
export function startDuties(
  database: Database,
  onError: (error: unknown) => void,
  owed: readonly Duty[] = duties,
): Duties {
  const stops = owed.map((duty) => startDuty(duty, database, onError));
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

function startDuty(
  duty: Duty,
  database: Database,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const schedule = (milliseconds: number) => {
    if (!stopped) {
      timer = setTimeout(() => {
        running = performAlone(duty, database)
          .catch(onError)
          .then(() => schedule(duty.everyMilliseconds));
      }, milliseconds).unref();
    }
  };
  schedule(duty.firstAfterMilliseconds ?? duty.everyMilliseconds);
  return () => {
    stopped = true;
    clearTimeout(timer);
    return running;
  };
}

/** Performs a duty unless another node is at it. */
async function performAlone(duty: Duty, database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    // It stands idle while the duty is done elsewhere, and holds nothing but the duty's own lock.
    await transaction.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    if (!(await tryLock(transaction, `duty: ${duty.name}`))) {
      return;
    }
    // A connection that says nothing is given up, and the lock with it.
    const sign = setInterval(
      () => void transaction.execute(sql`select`).catch(() => {}),
      signOfLifeMilliseconds,
    );
    try {
      await duty.perform({
        // The pool and not this transaction: each change is to be committed, and waited for, by itself.
        database,
        actor: { type: 'system', name: `keyward: ${duty.name}` },
        requestId: createRequestId(),
        address: null,
        userAgent: null,
      });
    } finally {
      clearInterval(sign);
    }
  });
}
