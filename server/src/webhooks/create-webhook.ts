import { DomainError } from '@keyward/shared/errors';
import {
  type CreateWebhookInput,
  mostWebhooks,
  type WebhookWithSecret,
} from '@keyward/shared/webhooks';
import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireFreshSession, requirePermission } from '../authorize.ts';
import { describeActor, type OrganizationContext } from '../context.ts';
import { takeLock } from '../database/advisory-lock.ts';
import { createId } from '../database/create-id.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';
import { presentWebhook } from './find-webhook.ts';
import { requireKnownServices } from './require-known-services.ts';
import { createWebhookSecret } from './sign-message.ts';
import { type AllowedRanges, requireTarget } from './targets.ts';

/** Makes an endpoint. Its secret stands in this answer and in none after it. */
export async function createWebhook(
  context: OrganizationContext,
  input: CreateWebhookInput,
  allowed: AllowedRanges,
): Promise<WebhookWithSecret> {
  requirePermission(context, 'webhooks:create');
  requireFreshSession(context.actor);
  const { organizationId } = context;
  const url = requireTarget(input.url, allowed);
  const secret = createWebhookSecret();
  return context.database.transaction(async (transaction) => {
    await requireKnownServices(transaction, input.services ?? []);
    await takeLock(transaction, `webhooks: ${organizationId}`);
    const others = await transaction.$count(
      webhookEndpoints,
      eq(webhookEndpoints.organizationId, organizationId),
    );
    if (others >= mostWebhooks) {
      throw new DomainError(
        'conflict',
        `An organization has at most ${mostWebhooks} webhooks: remove one first.`,
      );
    }
    const [row] = await transaction
      .insert(webhookEndpoints)
      .values({
        id: createId('webhook'),
        organizationId,
        url,
        description: input.description ?? null,
        events: input.events ?? [],
        kinds: input.kinds ?? [],
        services: input.services ?? [],
        enabled: input.enabled ?? true,
        secret,
        createdBy: describeActor(context.actor),
      })
      .returning();
    if (row === undefined) {
      throw new Error('The webhook was not returned.');
    }
    const webhook = presentWebhook(row);
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'webhook.created',
      target: { type: 'webhook', id: row.id },
      data: { after: webhook },
    });
    return { webhook, secret };
  });
}
