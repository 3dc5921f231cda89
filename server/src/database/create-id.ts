import { randomFillSync } from 'node:crypto';
import { type IdKind, idPrefixes } from '@keyward/shared/ids';
import { encodeTime, monotonicFactory } from 'ulid';

// Drawn by the page: a draw for each character of each id was a fifth of a verification's time.
const drawn = new Uint8Array(4096);
let used = drawn.length;

function random(): number {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const byte = drawn[used] ?? 0;
  used += 1;
  return byte / 256;
}

// Monotonic, so that ids made within one millisecond still sort in the order they were made.
const nextUlid = monotonicFactory(random);

const processPart = nextUlid().toLowerCase().slice(0, -8);
let requests = 0;

/** A new id of a request: of the form of the others, and cheap, for there is one to each verification. */
export function createRequestId(): string {
  requests += 1;
  return idPrefixes.request + processPart + requests.toString(16).padStart(8, '0');
}

/** A new id of this kind, such as `key_01jd…`: a prefix and a ULID, in lower case. */
export function createId(kind: Exclude<IdKind, 'request'>): string {
  return idPrefixes[kind] + nextUlid().toLowerCase();
}

/** What every id of this kind sorts after that is made from a moment on; in milliseconds since the epoch. */
export function firstIdAt(kind: IdKind, at: number): string {
  return idPrefixes[kind] + encodeTime(at).toLowerCase().padEnd(26, '0');
}
