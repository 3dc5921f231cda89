import type { AuditActorType } from '@keyward/shared/audit';
import type { AuditInput } from '../../lib/use-audit-pages.ts';

/** What the address bar says of the log. Days are the reader's. */
export interface AuditFilters {
  /** An action, or how several begin: `key.` */
  action?: string;
  /** The id of who did it. */
  actor?: string;
  /** By what authority. */
  by?: AuditActorType;
  /** The id of what it was done to. */
  target?: string;
  /** The first day, as 2027-01-31. */
  from?: string;
  /** The last day. */
  to?: string;
}

export const actorTypes: readonly AuditActorType[] = ['user', 'operator', 'key', 'system'];

/** Reads the filters from an address; what makes no sense is left out. */
export function readAuditFilters(search: Record<string, unknown>): AuditFilters {
  const action = textOf(search.action, /^[a-z]+\.[a-z_]*$/);
  const actor = textOf(search.actor, /^[a-z]+_[0-9a-z]+$/);
  const target = textOf(search.target, /^[a-z]+_[0-9a-z]+$/);
  const by = actorTypes.find((one) => one === search.by);
  const from = dayOf(search.from);
  const to = dayOf(search.to);
  return {
    ...(action !== null && { action }),
    ...(actor !== null && { actor }),
    ...(by !== undefined && { by }),
    ...(target !== null && { target }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
  };
}

const textOf = (value: unknown, form: RegExp): string | null =>
  typeof value === 'string' && value.length <= 64 && form.test(value) ? value : null;

function dayOf(value: unknown): string | null {
  const day = textOf(value, /^\d{4}-\d\d-\d\d$/);
  return day !== null && !Number.isNaN(midnight(day).getTime()) ? day : null;
}

/** When a day begins, or some days after it, in the reader's zone. */
function midnight(day: string, daysAfter = 0): Date {
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + daysAfter);
  return start;
}

export const hasFilters = (filters: AuditFilters): boolean => Object.keys(filters).length > 0;

/** The filters as the server takes them: the last day belongs to what is asked for. */
export function toAuditInput({ action, actor, by, target, from, to }: AuditFilters): AuditInput {
  return {
    // What no action begins with is refused by name.
    ...(action !== undefined && { action: action as AuditInput['action'] }),
    ...(actor !== undefined && { actorId: actor }),
    ...(by !== undefined && { actorType: by }),
    ...(target !== undefined && { targetId: target }),
    ...(from !== undefined && { from: midnight(from).toISOString() }),
    ...(to !== undefined && { to: midnight(to, 1).toISOString() }),
  };
}
