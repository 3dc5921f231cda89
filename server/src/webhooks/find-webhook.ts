import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Webhook } from '@keyward/shared/webhooks';
import { and, eq } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Database, Transaction } from '../database/connect-database.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';

export type WebhookRow = typeof webhookEndpoints.$inferSelect;

/** The endpoint of the organization. */
export async function getWebhookRow(
  database: Database,
  { organizationId }: OrganizationContext,
  webhookId: string,
): Promise<WebhookRow> {
  const [row] = await database
    .select()
    .from(webhookEndpoints)
    .where(isOne(organizationId, webhookId));
  return row ?? notFound();
}

/** The same, which nobody else changes until the transaction ends. */
export async function lockWebhook(
  transaction: Transaction,
  { organizationId }: OrganizationContext,
  webhookId: string,
): Promise<WebhookRow> {
  const [row] = await transaction
    .select()
    .from(webhookEndpoints)
    .where(isOne(organizationId, webhookId))
    .for('update');
  return row ?? notFound();
}

const isOne = (organizationId: string, webhookId: string) =>
  and(
    eq(webhookEndpoints.organizationId, organizationId),
    eq(webhookEndpoints.id, isId('webhook', webhookId) ? webhookId : ''),
  );

function notFound(): never {
  throw new DomainError('not_found', 'There is no such webhook in this organization.');
}

/** An endpoint as both faces show it: without its secrets. */
export function presentWebhook(row: WebhookRow): Webhook {
  const { previousSecretUntil } = row;
  const isOver = previousSecretUntil !== null && previousSecretUntil.getTime() <= Date.now();
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events,
    kinds: row.kinds,
    services: row.services,
    enabled: row.enabled,
    disabledBecause: row.disabledBecause,
    failingSince: row.failingSince?.toISOString() ?? null,
    previousSecretUntil: isOver ? null : (previousSecretUntil?.toISOString() ?? null),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
