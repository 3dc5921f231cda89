import { DomainError } from '@keyward/shared/errors';
import { isWellFormed } from '../verification/parse-secret.ts';

/** A header that carries a key, as a service's profile names it. */
export interface KeyHeader {
  name: string;
  /** `Bearer` in `Authorization: Bearer <key>`; null where the header holds the bare key. */
  scheme: string | null;
}

export interface PresentedCredential {
  plaintextSecret: string;
  /** The header it came in, in lower case. */
  header: string;
}

const ownHeaders: readonly KeyHeader[] = [
  { name: 'authorization', scheme: 'Bearer' },
  { name: 'x-api-key', scheme: null },
];

/** Whether a key of a service may come in this header: one of Keyward's own, or the service's. */
export function isAdmittedHeader(header: string, serviceHeader: string): boolean {
  return header === serviceHeader.toLowerCase() || ownHeaders.some((own) => own.name === header);
}

/**
 * The key that a request presents, or null. Exactly one header may carry one.
 * @param rawHeaders names and values in turn, as they came: a parsed map keeps the first of two
 *   `Authorization` headers in silence.
 * @param serviceHeaders those that services name, where the call admits them.
 */
export function readCredential(
  rawHeaders: readonly string[],
  serviceHeaders: readonly KeyHeader[] = [],
): PresentedCredential | null {
  const admitted =
    serviceHeaders.length === 0 ? ownHeaders : [...ownHeaders, ...serviceHeaders.map(inLowerCase)];
  let only: { name: string; value: string } | null = null;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (admitted.some((header) => header.name === name)) {
      if (only !== null) {
        throw new DomainError(
          'ambiguous_credentials',
          'Send the key once, in one header: Authorization: Bearer <key>, or X-Api-Key: <key>.',
        );
      }
      only = { name, value: rawHeaders[index + 1]?.trim() ?? '' };
    }
  }
  if (only === null) {
    return null;
  }
  for (const header of admitted) {
    const plaintextSecret = header.name === only.name ? readValue(only.value, header.scheme) : null;
    if (plaintextSecret !== null) {
      return { plaintextSecret, header: only.name };
    }
  }
  return null;
}

const inLowerCase = (header: KeyHeader) => ({ ...header, name: header.name.toLowerCase() });

function readValue(value: string, scheme: string | null): string | null {
  if (scheme === null) {
    return value === '' ? null : value;
  }
  const [given, secret, ...rest] = value.split(/ +/);
  return given?.toLowerCase() === scheme.toLowerCase() && secret !== undefined && rest.length === 0
    ? secret
    : null;
}

const queryNames = /^(x-)?(api[-_]?)?(key|token)$|^(access[-_]?token|secret|authorization)$/i;

/** Refuses a key in the address, where logs and histories keep it. */
export function refuseKeyInUrl(query: URLSearchParams): void {
  const holdsSecret = (text: string) => text.split(/\s+/).some(isWellFormed);
  for (const [name, value] of query) {
    if (queryNames.test(name) || holdsSecret(name) || holdsSecret(value)) {
      throw new DomainError(
        'key_in_url',
        'Send the key in a header and revoke it if it was real: addresses end up in logs.',
      );
    }
  }
}
