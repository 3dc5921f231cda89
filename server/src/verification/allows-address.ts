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

/** The canonical form of an address: an IPv4-mapped one as IPv4. Null for what is no address. */
export function canonicalAddress(address: string): string | null {
  return parseAddress(address)?.toString() ?? null;
}
