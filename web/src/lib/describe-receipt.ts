import type { Receipt } from '@keyward/shared/keys';
import { formatCount } from './format-time.ts';

/** Where a change is true, and how long that took: `True on all 3 nodes after 12 ms`. */
export function describeReceipt({ nodes, waitedMs }: Receipt, what = 'True'): string {
  return `${what} on ${describeNodes(nodes)} after ${formatCount(Math.ceil(waitedMs))} ms`;
}

function describeNodes(nodes: number): string {
  if (nodes <= 1) {
    return nodes === 1 ? 'the one node' : 'every node';
  }
  return nodes === 2 ? 'both nodes' : `all ${formatCount(nodes)} nodes`;
}
