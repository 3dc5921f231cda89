import type { Delivery } from '@keyward/shared/webhooks';
import type { Transaction } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { webhookDeliveries } from '../database/schema/webhooks.ts';
import { presentDeliveries } from './present-deliveries.ts';

type NewDelivery = Omit<typeof webhookDeliveries.$inferInsert, 'id'>;

/** Writes a delivery that is taken into the queue as soon as it is committed. */
export async function sendAnew(transaction: Transaction, values: NewDelivery): Promise<Delivery> {
  const rows = await transaction
    .insert(webhookDeliveries)
    .values({ ...values, id: createId('delivery') })
    .returning();
  const [delivery] = await presentDeliveries(transaction, rows);
  if (delivery === undefined) {
    throw new Error('The delivery was not returned.');
  }
  return delivery;
}
