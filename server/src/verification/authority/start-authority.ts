import { performance } from 'node:perf_hooks';
import { DomainError } from '@keyward/shared/errors';
import { eq } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { createId } from '../../database/create-id.ts';
import { authorityNodes } from '../../database/schema/authority.ts';
import { withinDeadline } from '../../database/within-deadline.ts';
import { createLease, readClocks } from './lease.ts';
import { mostChangesRead, openLeaseConnection, type Renewal } from './lease-connection.ts';
import type { Memory, MemoryGuard } from './memory.ts';
import { createRenewalLoop } from './renewal-loop.ts';
import { protocolRules } from './rules.ts';
import { driftMilliseconds } from './settle-authority.ts';
import { watchNodes } from './watch-nodes.ts';

type Forgetful = Pick<Memory<object>, 'forget' | 'clear'>;

/** This process among those that judge keys: its lease, and what it may trust its memory with. */
export interface Authority extends MemoryGuard {
  /** Another one after each time that the node was found dead. */
  nodeId: string;
  /** The newest revision that has been applied. */
  revision(): number;
  /** Whether a secret may have a form that is not ours; true where it is not known. */
  mayHaveImports(): boolean;
  /** Has this memory forget what changes. */
  attach(memory: Forgetful): void;
  /** Gives the lease up and takes the node off the list, so that nobody waits for it. */
  stop(): Promise<void>;
}

export interface AuthorityOptions {
  /** Straight to the primary. */
  url: string;
  database: Database;
  /** Told of what failed and is tried again. */
  onError(error: unknown): void;
  /** Told what an operator must know, in a sentence. */
  onAlarm(message: string): void;
  /** 3 by default, and renewed three times within. Nodes may differ: a change waits for the longest. */
  leaseSeconds?: number;
}

const defaultLeaseSeconds = 3;
/** No revision: nothing has been applied, and everything is to be forgotten. */
const none = -1;

/**
 * Registers this process and keeps its lease (design section 6): each renewal reads what has changed and
 * has it forgotten, and only then is memory trusted again.
 */
export async function startAuthority(options: AuthorityOptions): Promise<Authority> {
  const { url, database, onError, onAlarm } = options;
  const leaseSeconds = options.leaseSeconds ?? defaultLeaseSeconds;
  const leaseMilliseconds = leaseSeconds * 1000;
  let nodeId = createId('node');
  const lease = createLease(leaseMilliseconds);
  let findDeadNodes = watchNodes();
  const connection = openLeaseConnection(url, {
    deadlineMilliseconds: leaseMilliseconds,
    onLost() {
      // A renewal that a crash undid was followed by a lease: every node has a whole one from here on.
      if (protocolRules.countsRenewalsAnew) {
        findDeadNodes = watchNodes();
      }
    },
  });
  const memories: Forgetful[] = [];
  let applied = none;
  let newest = none;
  let newestChange: string | null = null;
  let identity: string | undefined;
  let distrustsUntil = 0;
  let isRestored = false;
  let mayHaveImports = true;

  function forgetEverything(): void {
    lease.end();
    applied = none;
    for (const memory of memories) memory.clear();
  }

  // By a transaction of its own, durable: who holds a lease must be on the list that revokers read.
  // Under a new name each time: a removal of the old one that comes late must not hit the new row.
  async function register(): Promise<void> {
    forgetEverything();
    nodeId = createId('node');
    await withinDeadline(() =>
      database.insert(authorityNodes).values({ id: nodeId, leaseSeconds, appliedRevision: none }),
    );
  }

  /** Renews the lease; resolves with whether to do so again at once. */
  async function renew(): Promise<boolean> {
    const asked = readClocks();
    const reported = applied;
    const renewal = await connection.renew(nodeId, { applied, newest });
    if (!renewal.registered) {
      await register();
      return true;
    }
    if (isRestored || wentBack(renewal)) {
      refuseRestored(renewal);
      return false;
    }
    if (identity !== undefined && identity !== renewal.identity) {
      forgetEverything();
      distrustsUntil = performance.now() + leaseMilliseconds + driftMilliseconds;
      onAlarm(
        `The database is another server, or was promoted: ${identity} before, ${renewal.identity} now. Nothing is trusted from memory for ${leaseSeconds} s. If this was no planned failover, compare both.`,
      );
    }
    identity = renewal.identity;
    apply(renewal);
    mayHaveImports = renewal.hasImports;
    if (performance.now() >= distrustsUntil) {
      lease.extend(asked, renewal.now);
    }
    for (const node of findDeadNodes(renewal.nodes, performance.now())) {
      await connection.removeNode(node.id, node.renewals);
    }
    // Applied is not yet reported: whoever waits for it need not wait for the next turn.
    return applied !== reported;
  }

  /** Whether the past is another than it was. The counter may have passed what was lost since. */
  function wentBack({ revision, seenChange }: Renewal): boolean {
    return revision < newest || (seenChange !== null && seenChange !== newestChange);
  }

  function apply({ revision, changes, ...renewal }: Renewal): void {
    const since = revision - applied;
    // Each revision has a row; where some are missing or too many, there is no telling what changed.
    if (changes.length === since && since <= mostChangesRead) {
      for (const { subject, subjectId } of changes) {
        for (const memory of memories) {
          memory.forget(subjectId);
          memory.forget(subject);
        }
      }
    } else if (since !== 0) {
      for (const memory of memories) memory.clear();
    }
    applied = revision;
    newest = revision;
    newestChange = renewal.newestChange;
  }

  function refuseRestored({ revision }: Renewal): void {
    forgetEverything();
    if (!isRestored) {
      isRestored = true;
      onAlarm(
        `The database went back from revision ${newest} and is at ${revision}: a backup was restored, and keys that were revoked since may be good in it. This node refuses every key until it is restarted. Revoke again what has to be, then restart every node.`,
      );
    }
  }

  const loop = createRenewalLoop(renew, {
    everyMilliseconds: leaseMilliseconds / 3,
    onError,
  });
  try {
    await register();
    await loop.start();
  } catch (error) {
    await connection.close();
    throw error;
  }
  if (protocolRules.listens) {
    connection.listen(loop.hurry);
  }

  return {
    get nodeId() {
      return nodeId;
    },
    revision: () => newest,
    holdsLease: lease.holds,
    now: lease.now,
    mayHaveImports: () => mayHaveImports || !lease.holds(),
    isCurrent: (revision) => lease.holds() && revision >= applied,
    requireTrust() {
      if (isRestored) {
        throw new DomainError(
          'authority_unavailable',
          'The database was restored from a backup: the operator has to restart this Keyward.',
        );
      }
      return newest;
    },
    attach: (memory) => void memories.push(memory),
    async stop() {
      await loop.stop();
      forgetEverything();
      await withinDeadline(() =>
        database.delete(authorityNodes).where(eq(authorityNodes.id, nodeId)),
      ).catch(onError);
      await connection.close();
    },
  };
}
