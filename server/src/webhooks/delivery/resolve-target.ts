import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { type AllowedRanges, isAllowedAddress, literalAddress } from '../targets.ts';

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface TargetRules {
  allowed: AllowedRanges;
  resolve: Resolve;
}

/** A target that no connection is made to. */
export class BlockedTarget extends Error {}

/**
 * The addresses to dial, each of them checked: whoever connects must use these, since the name may lead
 * elsewhere when it is asked again. One forbidden address among them blocks the name.
 */
export async function resolveTarget(url: URL, rules: TargetRules): Promise<LookupAddress[]> {
  const literal = literalAddress(url);
  const addresses = literal === null ? await rules.resolve(url.hostname) : [literal];
  if (addresses.length === 0) {
    throw Object.assign(new Error('The name has no address.'), { code: 'ENODATA' });
  }
  const isEncrypted = url.protocol === 'https:';
  const forbidden = addresses.find(
    (address) => !isAllowedAddress(address, rules.allowed, isEncrypted),
  );
  if (forbidden !== undefined) {
    throw new BlockedTarget(
      `Blocked: ${url.hostname} leads to ${forbidden}, which webhooks may not reach${isEncrypted ? '' : ' without https'}. No connection was made.`,
    );
  }
  return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
}

/**
 * Asks the name servers. Not the system's resolver: it works on the few threads that passwords are
 * hashed on, and a name server that is silent would keep people from signing in.
 */
export function createResolver(): Resolve {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  return async (hostname) => {
    const [four, six] = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    const addresses = [four, six].flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (addresses.length === 0 && four.status === 'rejected') {
      throw four.reason;
    }
    return addresses;
  };
}
