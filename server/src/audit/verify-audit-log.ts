import type { AuditVerdict } from '@keyward/shared/audit-verdict';
import { DomainError } from '@keyward/shared/errors';
import { requireOperator, requirePermission } from '../authorize.ts';
import type { ActorContext, OrganizationContext } from '../context.ts';
import { tryLock } from '../database/advisory-lock.ts';
import type { Database, Transaction } from '../database/connect-database.ts';
import { instanceChain } from './record-audit-event.ts';
import { type VerifyOptions, verifyWithin } from './verify-audit-chain.ts';

/** How many logs are looked through at once on all nodes: each holds a connection meanwhile. */
const mostAtOnce = 2;

/** Looks through the whole log of the organization for what was changed, removed or put in another order. */
export async function verifyAuditLog(
  context: OrganizationContext,
  options?: VerifyOptions,
): Promise<AuditVerdict> {
  requirePermission(context, 'auditLog:read');
  return verifyInTurn(context.database, context.organizationId, options);
}

/** The same of the log of accounts and services. For operators. */
export async function verifyInstanceLog(
  context: ActorContext,
  options?: VerifyOptions,
): Promise<AuditVerdict> {
  requireOperator(context.actor);
  return verifyInTurn(context.database, instanceChain, options);
}

function verifyInTurn(
  database: Database,
  chain: string,
  options: VerifyOptions = {},
): Promise<AuditVerdict> {
  return database.transaction(
    async (transaction) => {
      if (!(await tryLock(transaction, `verify audit log: ${chain}`))) {
        throw new DomainError(
          'conflict',
          'This log is being verified already: wait for that to end.',
        );
      }
      await takeTurn(transaction);
      return verifyWithin(transaction, chain, options);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function takeTurn(transaction: Transaction): Promise<void> {
  for (let turn = 0; turn < mostAtOnce; turn += 1) {
    if (await tryLock(transaction, `verify audit logs: turn ${turn}`)) {
      return;
    }
  }
  throw new DomainError('conflict', 'Other logs are being verified: try again in a minute.');
}
