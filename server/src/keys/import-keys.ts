import { DomainError } from '@keyward/shared/errors';
import type { ImportedKey } from '@keyward/shared/keys';
import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import { describeActor, type OrganizationContext } from '../context.ts';
import { createId } from '../database/create-id.ts';
import { authorityRevision } from '../database/schema/authority.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';
import { grantKey } from './grant-key.ts';

/**
 * Makes bot keys out of the hashes of secrets that were made elsewhere, which go on working: all that
 * are well formed, or none. A secret that is known here already is skipped.
 */
export async function importKeys(
  context: OrganizationContext,
  imported: readonly ImportedKey[],
): Promise<{ imported: number; skipped: number }> {
  requirePermission(context, 'apiKeys:create');
  const { result } = await changeAuthority(context.database, async (transaction) => {
    const made: { id: string; after: Partial<ImportedKey> }[] = [];
    for (const [index, { secretSha256, start = '', last4 = '', ...input }] of imported.entries()) {
      const grant = grantKey(transaction, context, { ...input, kind: 'bot' });
      const { columns } = await grant.catch((error) => {
        throw atIndex(error, index);
      });
      const secretHash = Buffer.from(secretSha256, 'hex');
      const id = createId('key');
      const createdBy = describeActor(context.actor);
      await transaction.insert(keys).values({ ...columns, id, createdBy });
      const [secret] = await transaction
        .insert(keySecrets)
        .values({ id: createId('secret'), keyId: id, secretHash, start, last4 })
        .onConflictDoNothing()
        .returning({ id: keySecrets.id });
      if (secret === undefined) {
        await transaction.delete(keys).where(eq(keys.id, id));
      } else {
        made.push({ id, after: { ...input, start, last4 } });
      }
    }
    // Last, because an event holds its chain until the transaction ends.
    for (const { id, after } of made) {
      await recordAuditEvent(transaction, context, {
        chain: context.organizationId,
        action: 'key.imported',
        target: { type: 'key', id },
        data: { after },
      });
    }
    // From now on no node may refuse a secret by its form. After the events: every transaction takes the
    // lock of its chain before that of the revision.
    await transaction
      .update(authorityRevision)
      .set({ hasImports: true })
      .where(eq(authorityRevision.hasImports, false));
    return { imported: made.length, skipped: imported.length - made.length };
  });
  return result;
}

/** The same refusal, with its fields told as those of the key at this place of the list. */
function atIndex(error: unknown, index: number): unknown {
  return error instanceof DomainError && error.issues !== undefined
    ? new DomainError(error.code, `keys.${index}: ${error.message}`, {
        issues: error.issues.map(({ path, message }) => ({
          path: `keys.${index}.${path}`,
          message,
        })),
      })
    : error;
}
