import type { Database } from '@keyward/server/database/connect-database';
import type { Authority } from '@keyward/server/verification/authority/start-authority';
import { createFactsMemory } from '@keyward/server/verification/facts-memory';
import { createLimiter } from '@keyward/server/verification/limits/create-limiter';
import type { UsageRecorder } from '@keyward/server/verification/usage/usage-recorder';
import type { Verifier } from '@keyward/server/verification/verify-key';

const authority: Authority = {
  nodeId: 'node_leaseless',
  revision: () => -1,
  holdsLease: () => false,
  now: () => Date.now(),
  requireTrust: () => -1,
  isCurrent: () => false,
  mayHaveImports: () => true,
  attach: () => {},
  stop: async () => {},
};

/** A node that holds no lease: it asks the primary each time, so that a test may change rows by hand. */
export function leaselessVerifier(database: Database, usage: UsageRecorder): Verifier {
  return {
    database,
    usage,
    authority,
    facts: createFactsMemory(authority),
    limiter: createLimiter(database, authority.now),
  };
}
