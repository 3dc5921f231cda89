import type { Outcome } from '@keyward/shared/outcomes';
import type { Permission } from '@keyward/shared/permissions';
import { canonicalAddress } from '../allows-address.ts';

/** One verification, as it is counted. */
export interface UsageEvent {
  keyId: string;
  secretId: string;
  outcome: Outcome;
  address: string | null;
  /** What was asked for: a valid answer exercises it. */
  permissions: readonly Permission[];
}

/** How often a secret met an outcome since the last write, and from which address last. */
export interface UsageCount extends UsageEvent {
  count: number;
}

/** The calls from one address since the last write. */
export interface AddressCount {
  /** In its canonical form. */
  address: string;
  valid: number;
  refused: number;
}

/** All that was counted of one key since the last write. */
export interface KeyCounts {
  keyId: string;
  counts: UsageCount[];
  /** By the address as it was given, so that the next call from it costs one look-up. */
  addresses: Map<string, AddressCount>;
}

/** What was counted since the last write, by key. */
export interface UsageTally {
  /** Counts a verification. Of a key, an outcome and an address that are known: two look-ups. */
  add(event: UsageEvent): void;
  /** Adds what a call that has been counted made use of. */
  exercise(event: UsageEvent): void;
  /** Hands over what was counted, and begins anew. */
  take(): KeyCounts[];
  /** Takes back what could not be written: what was counted since is newer. */
  giveBack(counted: KeyCounts): void;
}

/** Of one key between two writes: a caller with ever new addresses fills neither memory nor table. */
export const mostAddresses = 50;

export function createUsageTally(): UsageTally {
  let keys = new Map<string, KeyCounts>();
  let counts = new Map<string, { count: UsageCount; addresses: KeyCounts['addresses'] }>();

  const keyOf = (keyId: string): KeyCounts => {
    let key = keys.get(keyId);
    if (key === undefined) {
      key = { keyId, counts: [], addresses: new Map() };
      keys.set(keyId, key);
    }
    return key;
  };

  const begin = (event: UsageEvent) => {
    const key = keyOf(event.keyId);
    const begun = { count: { ...event, count: 0 }, addresses: key.addresses };
    key.counts.push(begun.count);
    counts.set(nameOf(event), begun);
    return begun;
  };

  const add = (event: UsageEvent) => {
    const { address } = event;
    const { count, addresses } = counts.get(nameOf(event)) ?? begin(event);
    count.count += 1;
    if (address !== null) {
      count.address = address;
      countAddress(addresses, address, event.outcome === 'VALID');
    }
    // What is refused exercises nothing, and a caller may make up ever new permissions to be refused for.
    if (event.outcome === 'VALID') {
      addPermissions(count, event.permissions);
    }
  };

  const exercise = (event: UsageEvent) => {
    const { count } = counts.get(nameOf(event)) ?? begin(event);
    addPermissions(count, event.permissions);
  };

  const take = () => {
    const taken = [...keys.values()];
    keys = new Map();
    counts = new Map();
    return taken;
  };

  const giveBack = (older: KeyCounts) => {
    for (const one of older.counts) {
      const { count } = counts.get(nameOf(one)) ?? begin(one);
      count.count += one.count;
      count.address ??= one.address;
      count.permissions = [...new Set([...one.permissions, ...count.permissions])];
    }
    const { addresses } = keyOf(older.keyId);
    for (const [given, { valid, refused }] of older.addresses) {
      const known = addresses.get(given) ?? beginAddress(addresses, given);
      if (known !== null) {
        known.valid += valid;
        known.refused += refused;
      }
    }
  };

  return { add, exercise, take, giveBack };
}

// Most verifications are valid: their name costs nothing.
const nameOf = ({ secretId, outcome }: UsageEvent) =>
  outcome === 'VALID' ? secretId : `${secretId} ${outcome}`;

function addPermissions(count: UsageCount, permissions: readonly Permission[]): void {
  for (const permission of permissions) {
    if (!count.permissions.includes(permission)) {
      count.permissions = [...count.permissions, permission];
    }
  }
}

function countAddress(addresses: KeyCounts['addresses'], given: string, isValid: boolean): void {
  const known = addresses.get(given) ?? beginAddress(addresses, given);
  if (known === null) {
    return;
  }
  if (isValid) {
    known.valid += 1;
  } else {
    known.refused += 1;
  }
}

/** The count of an address that is new; null where there is no room for it. */
function beginAddress(addresses: KeyCounts['addresses'], given: string): AddressCount | null {
  const address = addresses.size < mostAddresses ? canonicalAddress(given) : null;
  if (address === null) {
    return null;
  }
  const begun = { address, valid: 0, refused: 0 };
  addresses.set(given, begun);
  return begun;
}
