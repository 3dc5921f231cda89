import type { AuditAction } from '@keyward/shared/audit';
import type { UpdateWebhookInput, Webhook } from '@keyward/shared/webhooks';
import { eq, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireFreshSession, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';
import { discardPending } from './discard-pending.ts';
import { lockWebhook, presentWebhook, type WebhookRow } from './find-webhook.ts';
import { requireKnownServices } from './require-known-services.ts';
import { type AllowedRanges, requireTarget } from './targets.ts';

/** Changes what is named of an endpoint. One that is enabled again begins anew, with no failure held against it. */
export async function updateWebhook(
  context: OrganizationContext,
  webhookId: string,
  changes: UpdateWebhookInput,
  allowed: AllowedRanges,
): Promise<Webhook> {
  requirePermission(context, 'webhooks:update');
  return context.database.transaction(async (transaction) => {
    const before = await lockWebhook(transaction, context, webhookId);
    if (changes.url !== undefined && changes.url !== before.url) {
      requireFreshSession(context.actor);
    }
    await requireKnownServices(transaction, changes.services ?? []);
    const [row] = await transaction
      .update(webhookEndpoints)
      .set({ ...merge(before, changes, allowed), updatedAt: sql`now()` })
      .where(eq(webhookEndpoints.id, before.id))
      .returning();
    if (row === undefined) {
      throw new Error('The webhook was not returned.');
    }
    if (!row.enabled) {
      await discardPending(transaction, row.id);
    }
    const after = presentWebhook(row);
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: actionOf(before, row),
      target: { type: 'webhook', id: row.id },
      data: { before: presentWebhook(before), after },
    });
    return after;
  });
}

function merge(before: WebhookRow, changes: UpdateWebhookInput, allowed: AllowedRanges) {
  const { url, description, events, kinds, services, enabled } = changes;
  return {
    url: url === undefined ? before.url : requireTarget(url, allowed),
    description: description === undefined ? before.description : description,
    events: events ?? before.events,
    kinds: kinds ?? before.kinds,
    services: services ?? before.services,
    enabled: enabled ?? before.enabled,
    ...(enabled !== undefined && { disabledBecause: null }),
    // What failed, failed at the address before, or before somebody looked into it.
    ...((enabled || url !== undefined) && { failingSince: null, isSlow: false }),
  };
}

function actionOf(before: WebhookRow, after: WebhookRow): AuditAction {
  if (before.enabled === after.enabled) {
    return 'webhook.updated';
  }
  return after.enabled ? 'webhook.enabled' : 'webhook.disabled';
}
