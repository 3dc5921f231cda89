/**
 * The rules of the protocol (design section 6). All of them hold; a test puts one aside to show that the
 * guarantee falls without it.
 */
export interface ProtocolRules {
  /** A change returns when every node has applied it or has lost its lease. */
  waitsForNodes: boolean;
  /** A change that was made before is waited for again when it is repeated. */
  waitsOnRepeat: boolean;
  /** A lease counts from before it was asked for. */
  timesLeaseFromRequest: boolean;
  /** A lease is compared with the clock at each use; otherwise a timer ends it. */
  comparesLeaseAtUse: boolean;
  /** What was read is kept only when its revision is not older than what has been applied. */
  tagsFills: boolean;
  /** Who waited for another's read takes it by the same rule. */
  checksJoiners: boolean;
  /** What a crash of the database may have undone is counted anew. */
  countsRenewalsAnew: boolean;
  /** Notifications are listened for: a hint, which nothing rests on. */
  listens: boolean;
}

export const protocolRules: ProtocolRules = {
  waitsForNodes: true,
  waitsOnRepeat: true,
  timesLeaseFromRequest: true,
  comparesLeaseAtUse: true,
  tagsFills: true,
  checksJoiners: true,
  countsRenewalsAnew: true,
  listens: true,
};
