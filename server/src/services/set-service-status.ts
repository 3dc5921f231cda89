import { DomainError } from '@keyward/shared/errors';
import type { Receipt } from '@keyward/shared/keys';
import { keyward } from '@keyward/shared/presets/keyward';
import type { Service, ServiceStatus } from '@keyward/shared/services';
import { eq, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import { asOperator, requireFreshSession, requireOperator } from '../authorize.ts';
import type { ActorContext } from '../context.ts';
import { services } from '../database/schema/services.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';
import { presentService } from './present-service.ts';

/**
 * Disables a service, so that every key of it is refused, or enables it again. For operators.
 * Returns when it is true on every node.
 */
export async function setServiceStatus(
  context: ActorContext,
  slug: string,
  status: ServiceStatus,
): Promise<{ service: Service; receipt: Receipt }> {
  requireOperator(context.actor);
  requireFreshSession(context.actor);
  if (slug === keyward.slug) {
    throw new DomainError(
      'conflict',
      'keyward is built in: without it nobody could verify or manage a key.',
    );
  }
  const { result, receipt } = await changeAuthority(context.database, async (transaction) => {
    const [before] = await transaction
      .select()
      .from(services)
      .where(eq(services.slug, slug))
      .for('update');
    if (before === undefined) {
      throw new DomainError('not_found', 'There is no such service: list the services to see all.');
    }
    if (presentService(before).status === status) {
      return presentService(before);
    }
    const disabledAt = status === 'disabled' ? sql`now()` : null;
    const [after] = await transaction
      .update(services)
      .set({ disabledAt, updatedAt: sql`now()` })
      .where(eq(services.id, before.id))
      .returning();
    if (after === undefined) {
      throw new Error('The service was not returned.');
    }
    await recordAuditEvent(transaction, asOperator(context), {
      chain: instanceChain,
      action: status === 'disabled' ? 'service.disabled' : 'service.enabled',
      target: { type: 'service', id: before.id },
      data: { slug, before: { status: presentService(before).status }, after: { status } },
    });
    return presentService(after);
  });
  return { service: result, receipt };
}
