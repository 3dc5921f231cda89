import type { ServiceProfile } from '@keyward/shared/service-profile';

/**
 * A command for a POSIX shell that asks Keyward about a key. Secrets hold letters, digits and
 * underscores alone, so single quotes keep them whole.
 */
export function describeCurl(
  { header }: Pick<ServiceProfile, 'header'>,
  secret: string,
  origin: string,
): string {
  const value = header.scheme === null ? secret : `${header.scheme} ${secret}`;
  return `curl ${origin}/v1/test -H '${header.name}: ${value}'`;
}
