import type { Receipt } from '@keyward/shared/keys';

/** `True on 3 nodes after 12 ms` */
export const describeReceipt = ({ nodes, waitedMs }: Receipt): string =>
  `True on ${nodes} ${nodes === 1 ? 'node' : 'nodes'} after ${Math.round(waitedMs)} ms`;
