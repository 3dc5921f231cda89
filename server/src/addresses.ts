import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address or a range: an address is the range of itself alone. */
export interface AddressRange {
  address: ipaddr.IPv4 | ipaddr.IPv6;
  bits: number;
}

/** An address, an IPv4-mapped one as IPv4; null for text that others could read differently, or not at all. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (isIPv4(text)) {
    return ipaddr.IPv4.parse(text);
  }
  if (!isIPv6(text)) {
    return null;
  }
  const address = parseIPv6(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function parseIPv6(text: string): ipaddr.IPv6 {
  // A zone names an interface of the machine that wrote it, and is no part of the address.
  const [unscoped] = text.split('%');
  // The URL standard's form: ipaddr.js takes ::203.0.113.9 for an IPv4-mapped address.
  return ipaddr.IPv6.parse(new URL(`http://[${unscoped}]`).hostname.slice(1, -1));
}

/** An address or a CIDR; null for text that is neither. */
export function parseAddressRange(text: string): AddressRange | null {
  const [base = '', suffix, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (address === null || rest.length > 0 || base.includes('%')) {
    return null;
  }
  const widest = isIPv4(base) ? 32 : 128;
  if (suffix !== undefined && !(/^\d{1,3}$/.test(suffix) && Number(suffix) <= widest)) {
    return null;
  }
  const given = suffix === undefined ? widest : Number(suffix);
  // ::ffff:203.0.113.0/120 is 203.0.113.0/24; a shorter prefix holds more than mapped addresses.
  const isMapped = widest === 128 && address.kind() === 'ipv4';
  if (isMapped && given < 96) {
    return { address: parseIPv6(base), bits: given };
  }
  return { address, bits: isMapped ? given - 96 : given };
}

/** Whether every address of the inner range is one of the outer. */
export function containsRange(outer: string, inner: string): boolean {
  const wide = parseAddressRange(outer);
  const narrow = parseAddressRange(inner);
  return (
    wide !== null &&
    narrow !== null &&
    wide.address.kind() === narrow.address.kind() &&
    wide.bits <= narrow.bits &&
    narrow.address.match(wide.address, wide.bits)
  );
}

/** Whether an address leads to this machine, where nothing is overheard on the way. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether an allowlist admits no address that the other refuses. An empty one admits every address. */
export function isWithinAllowlist(outer: readonly string[], inner: readonly string[]): boolean {
  return (
    outer.length === 0 ||
    (inner.length > 0 && inner.every((entry) => outer.some((wide) => containsRange(wide, entry))))
  );
}
