import { isIP } from 'node:net';
import { invalidField } from '@keyward/shared/errors';
import ipaddr from 'ipaddr.js';
import { containsRange } from '../addresses.ts';

/** Ranges that the operator allows although they are no public addresses. */
export type AllowedRanges = readonly string[];

// What ipaddr.js names is all special use. In IPv6 only 2000::/3 is given out to the public, which leaves
// out every way to write an IPv4 address: mapped, compatible, translated, and NAT64 with its local prefix.
const globalUnicast = ipaddr.IPv6.parse('2000::');

// By its number a public address, and yet each machine on Azure reaches its host's services there.
const azureHost = '168.63.129.16';

/** Whether an address belongs to the public internet: no private, loopback, link-local or embedding range. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0 || text.includes('%') || text === azureHost) {
    return false;
  }
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') {
    return false;
  }
  return address.kind() === 'ipv4' || address.match(globalUnicast, 3);
}

/** Whether a webhook may go to an address: in plain text within what the operator allows alone. */
export function isAllowedAddress(
  text: string,
  allowed: AllowedRanges,
  isEncrypted: boolean,
): boolean {
  const isPublic = isEncrypted && isPublicAddress(text);
  return isPublic || allowed.some((range) => containsRange(range, text));
}

/** The address that a URL names in whatever form (decimal, octal, hex); null where it names a host. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

/** RFC 6761, 6.3. */
const isOwnName = (hostname: string) => /(^|\.)localhost\.?$/.test(hostname);

/**
 * The URL of a webhook, as it is kept. Plain http is for what the operator allows: there the messages stay
 * within a network that they know. A name is not resolved here, since it may lead elsewhere tomorrow.
 */
export function requireTarget(text: string, allowed: AllowedRanges): string {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalidField('url', 'Write an address such as https://example.com/webhooks.');
  }
  const address = literalAddress(url);
  const isEncrypted = url.protocol === 'https:';
  if (!isEncrypted && allowed.length === 0) {
    throw invalidField('url', 'Use https: messages must not be read on their way.');
  }
  if (address !== null && !isAllowedAddress(address, allowed, isEncrypted)) {
    throw invalidField('url', 'This address is not on the public internet: use one that is.');
  }
  if (allowed.length === 0 && isOwnName(url.hostname)) {
    throw invalidField('url', 'This name leads to the machine itself: use one on the internet.');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidField(
      'url',
      'Leave the user name and password out: the signature proves who sends.',
    );
  }
  url.hash = '';
  return url.href;
}
