/** What can be wrong with a chain. */
export const auditFaults = [
  'changed',
  'missing',
  'out_of_order',
  'not_linked',
  'tail_cut',
  'beyond_head',
  'head_changed',
  'head_missing',
] as const;

export type AuditFault = (typeof auditFaults)[number];

export interface AuditBreak {
  /** Of the first event that does not fit. */
  number: number;
  reason: AuditFault;
  /** In plain words. */
  detail: string;
}

/** What a look through a whole chain found. */
export interface AuditVerdict {
  /** How many were looked at, the one that does not fit included. */
  events: number;
  /** The last event as the chain's head tells of it. Noted elsewhere, it proves later what was before. */
  head: { number: number; hash: string } | null;
  /** When the first event happened; null without one. */
  since: string | null;
  broken: AuditBreak | null;
}
