import type { Key, Receipt } from '@keyward/shared/keys';
import { ReceiptLine } from '../../../ui/receipt-line.tsx';

/** What is said of a key that was saved, and what somebody else has made of it meanwhile. */
export function describeSaved(before: Key, { key, receipt }: { key: Key; receipt: Receipt }) {
  const isOther = key.status !== before.status && before.status !== 'expired';
  return {
    title: `${key.name} is saved`,
    message: (
      <>
        <ReceiptLine what="In force" receipt={receipt} />
        {isOther && <p>The key is {key.status} meanwhile.</p>}
      </>
    ),
  };
}
