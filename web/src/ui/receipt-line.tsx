import type { Receipt } from '@keyward/shared/keys';
import { IconShieldCheck } from '@tabler/icons-react';
import { formatCount, formatExactTime } from '../lib/format-time.ts';
import classes from './receipt-line.module.css';

interface ReceiptLineProps {
  /** What is true now, as one word: `Dead`, `Suspended`. */
  what: string;
  receipt: Receipt;
}

/** The proof that a change is true everywhere: `Dead on all 3 nodes after 12 ms`. */
export function ReceiptLine({ what, receipt }: ReceiptLineProps) {
  const { revision, nodes, waitedMs, effectiveAt } = receipt;
  return (
    <span
      className={classes.root}
      title={`Revision ${formatCount(revision)}, true since ${formatExactTime(effectiveAt)}`}
    >
      <IconShieldCheck size={16} className={classes.icon} aria-hidden="true" />
      <span>
        {what} on {describeNodes(nodes)} after {formatCount(Math.round(waitedMs))} ms
      </span>
    </span>
  );
}

function describeNodes(nodes: number): string {
  if (nodes <= 1) {
    return nodes === 1 ? 'the one node' : 'every node';
  }
  return nodes === 2 ? 'both nodes' : `all ${formatCount(nodes)} nodes`;
}
