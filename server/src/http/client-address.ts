import { allowsAddress, canonicalAddress } from '../verification/allows-address.ts';

/**
 * The address of the client. `X-Forwarded-For` is read from the right, and believed only as far as
 * trusted proxies wrote it: the first address that is none of theirs is the client's.
 * @param trustedProxies CIDRs and addresses.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string | null {
  let client = canonicalAddress(socketAddress ?? '');
  const hops = forwardedFor?.split(',').map((hop) => hop.trim()) ?? [];
  while (client !== null && hops.length > 0 && allowsAddress(trustedProxies, client)) {
    // What a trusted proxy wrote and is no address leaves the client unknown: no allowlist admits it.
    client = canonicalAddress(hops.pop() ?? '');
  }
  return client;
}
