import type { SnippetFacts } from './snippet.ts';

/**
 * A command for a POSIX shell that asks Keyward about a key. Secrets hold letters, digits and
 * underscores alone, so single quotes keep them whole.
 */
export function writeCurl({ service, publicUrl }: SnippetFacts, secret: string): string {
  const { name, scheme } = service.header;
  const value = scheme === null ? secret : `${scheme} ${secret}`;
  return `curl ${publicUrl}/v1/test -H '${name}: ${value}'`;
}
