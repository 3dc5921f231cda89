import type { ServiceProfile } from '@keyward/shared/service-profile';

/** How a call carries a key: `Authorization: Bearer <key>`. */
export function describeHeader({ header }: Pick<ServiceProfile, 'header'>): string {
  return `${header.name}: ${header.scheme === null ? '' : `${header.scheme} `}<key>`;
}

/**
 * A command for a POSIX shell that sends a key as callers of this service do. What a profile allows in a
 * header and in a secret needs no more than single quotes.
 */
export function describeCall(
  { header }: Pick<ServiceProfile, 'header'>,
  secret: string,
  origin: string,
): string {
  const value = header.scheme === null ? secret : `${header.scheme} ${secret}`;
  return `curl ${origin}/v1/test -H '${header.name}: ${value}'`;
}
