import { type IdKind, idPrefixes } from '@keyward/shared/ids';
import { monotonicFactory } from 'ulid';

// Monotonic, so that ids made within one millisecond still sort in the order they were made.
const nextUlid = monotonicFactory();

/** A new id of this kind, such as `key_01jd…`: a prefix and a ULID, in lower case. */
export function createId(kind: IdKind): string {
  return idPrefixes[kind] + nextUlid().toLowerCase();
}
