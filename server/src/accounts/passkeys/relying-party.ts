import { parseAddress } from '../../addresses.ts';

/** For whom passkeys are made: they are bound to its name, and browsers give them to no other. */
export interface RelyingParty {
  /** The host's name. */
  id: string;
  origin: string;
}

/** Null where browsers make no passkeys: at an IP address, and without https anywhere but on localhost. */
export function relyingPartyOf(publicUrl: string): RelyingParty | null {
  const { hostname, origin, protocol } = new URL(publicUrl);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  const isAddress = parseAddress(hostname.replace(/^\[|\]$/g, '')) !== null;
  return isAddress || (protocol !== 'https:' && !isLocal) ? null : { id: hostname, origin };
}
