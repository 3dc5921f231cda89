import { LRUCache } from 'lru-cache';
import { parseAddress, parseAddressRange } from '../addresses.ts';

/** Whether an address is one of the addresses or in one of the ranges. Pure; an unreadable one never is. */
export function allowsAddress(allowlist: readonly string[], address: string): boolean {
  const client = parseAddress(address);
  return (
    client !== null &&
    allowlist.some((entry) => {
      const range = parseAddressRange(entry);
      return (
        range !== null &&
        client.kind() === range.address.kind() &&
        client.match(range.address, range.bits)
      );
    })
  );
}

const canonical = new LRUCache<string, { address: string | null }>({ max: 10_000 });

/** The canonical form of an address: an IPv4-mapped one as IPv4. Null for what is no address. */
export function canonicalAddress(address: string): string | null {
  // A gateway asks from one address again and again.
  let known = canonical.get(address);
  if (known === undefined) {
    known = { address: parseAddress(address)?.toString() ?? null };
    canonical.set(address, known);
  }
  return known.address;
}
