import { createHash } from 'node:crypto';
import type { AuditBreak } from '@keyward/shared/audit-verdict';
import { hashAuditEvent, toCanonicalJson } from './record-audit-event.ts';
import type { StoredAuditEvent } from './select-audit-events.ts';

/** Where a look through a chain has come to: the number and the hash of the event before. */
export interface Link {
  number: number;
  hash: string;
}

export const beginning: Link = { number: 0, hash: '' };

/** How far from its place an event is looked for that stands in another's. */
const searchedPlaces = 2_000;

/** Whether an event is what follows on the one before it, whole and in its place; null when it is. */
export function judgeAuditEvent(
  previous: Link,
  { hash, ...event }: StoredAuditEvent,
): AuditBreak | null {
  const { number } = event;
  const expected = previous.number + 1;
  if (number < expected) {
    return {
      number,
      reason: 'out_of_order',
      detail: `There is an event numbered ${number}: the first is 1, and no number comes twice.`,
    };
  }
  if (number > expected) {
    return { number: expected, reason: 'missing', detail: tellMissing(expected, number - 1) };
  }
  if (hashAuditEvent(event) !== hash) {
    const place = findPlace(event, hash);
    return place === null
      ? {
          number,
          reason: 'changed',
          detail: `Event ${number} is not what was recorded: it was changed after it was written.`,
        }
      : {
          number,
          reason: 'out_of_order',
          detail: `In the place of event ${number} stands event ${place}: they were put in another order.`,
        };
  }
  if (event.previousHash !== previous.hash) {
    return {
      number,
      reason: 'not_linked',
      detail:
        number === 1
          ? 'Event 1 is not the beginning of this log: what stood before it is gone.'
          : `Event ${number} does not follow on event ${previous.number}: one of the two was changed, and its hash written anew.`,
    };
  }
  return null;
}

export const tellMissing = (first: number, last: number): string =>
  first === last ? `Event ${first} is missing.` : `Events ${first} to ${last} are missing.`;

/** The number under which the event was hashed, where that is another than it bears. */
function findPlace(event: Omit<StoredAuditEvent, 'hash'>, hash: string): number | null {
  const hashAt = prepareHashes(event);
  for (let distance = 1; distance <= searchedPlaces; distance += 1) {
    for (const number of [event.number + distance, event.number - distance]) {
      if (number > 0 && hashAt(number) === hash) {
        return number;
      }
    }
  }
  return null;
}

/**
 * Hashes an event under one number after another. Its names are sorted, and all that is long stands before
 * the number: that is read once, for nothing else is answered meanwhile.
 */
function prepareHashes(event: Omit<StoredAuditEvent, 'hash'>): (number: number) => string {
  const part = (belongs: (name: string) => boolean) =>
    toCanonicalJson(Object.fromEntries(Object.entries(event).filter(([name]) => belongs(name))));
  const before = part((name) => name < 'number').slice(0, -1);
  const after = part((name) => name > 'number').slice(1);
  const begun = createHash('sha256').update(`${before},"number":`);
  return (number) => begun.copy().update(`${number},${after}`).digest('hex');
}
