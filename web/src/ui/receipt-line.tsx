import type { Receipt } from '@keyward/shared/keys';
import { IconShieldCheck } from '@tabler/icons-react';
import { describeReceipt } from '../lib/describe-receipt.ts';
import { formatCount, formatExactTime } from '../lib/format-time.ts';
import classes from './receipt-line.module.css';

interface ReceiptLineProps {
  /** What is true now, as one word: `Dead`, `Suspended`. */
  what: string;
  receipt: Receipt;
}

/** The proof that a change is true everywhere: `Dead on all 3 nodes after 12 ms`. */
export function ReceiptLine({ what, receipt }: ReceiptLineProps) {
  const { revision, effectiveAt } = receipt;
  return (
    <span
      className={classes.root}
      title={`Revision ${formatCount(revision)}, true since ${formatExactTime(effectiveAt)}`}
    >
      <IconShieldCheck size={16} className={classes.icon} aria-hidden="true" />
      <span>{describeReceipt(receipt, what)}</span>
    </span>
  );
}
