import type { Receipt } from '@keyward/shared/keys';
import { toFailure } from '../../../lib/failure.ts';
import type { trpc } from '../../../lib/trpc.ts';

type Client = ReturnType<typeof trpc.useUtils>['client'];

export interface Removed {
  revokedKeys: number;
  /** Null where the answer was lost and there was no key to wait for. */
  receipt: Receipt | null;
}

interface RemovalOrder {
  userId: string;
  /** Of the keys that the removal is to revoke, as they were last seen. */
  keyIds: readonly string[];
  isSelf: boolean;
}

/**
 * Removes a member, and finds out what became of it when the answer is lost: a member who is gone was
 * removed, all in one, and a revocation of a key that is revoked waits for every node as the removal did.
 */
export async function removeAndConfirm(client: Client, order: RemovalOrder): Promise<Removed> {
  try {
    const { revokedKeys, receipt } = await client.members.remove.mutate({ userId: order.userId });
    return { revokedKeys: revokedKeys.length, receipt };
  } catch (error) {
    const { code, mayPass } = toFailure(error);
    if ((mayPass || code === 'not_found') && (await isGone(client, order))) {
      return {
        revokedKeys: order.keyIds.length,
        receipt: await waitForNodes(client, order),
      };
    }
    throw error;
  }
}

/** Whether somebody is no member any more. Whoever left reads no list: to them the organization is gone. */
async function isGone(client: Client, { userId, isSelf }: RemovalOrder): Promise<boolean> {
  try {
    const members = await client.members.list.query();
    return members.every((member) => member.userId !== userId);
  } catch (error) {
    return isSelf && toFailure(error).code === 'not_found';
  }
}

async function waitForNodes(client: Client, order: RemovalOrder): Promise<Receipt | null> {
  const [id] = order.keyIds;
  if (id === undefined || order.isSelf) {
    return null;
  }
  return (await client.keys.revoke.mutate({ id })).receipt;
}
