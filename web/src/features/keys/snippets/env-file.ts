import { type SnippetFacts, variableName } from './snippet.ts';

/** A file for `node --env-file`, docker or a secret manager, and how to call it. */
export function writeEnvFile(
  service: SnippetFacts['service'],
  secret: string,
): { name: string; text: string } {
  return { name: `${service.slug}.env`, text: `${variableName(service)}=${secret}\n` };
}
