import { type SnippetFacts, variableName } from './snippet.ts';

/** A module for Node, Deno or Bun that asks Keyward about the key in its environment. */
export function writeTypeScript({ service, publicUrl }: SnippetFacts): string {
  const { name, scheme } = service.header;
  const variable = variableName(service);
  const value = scheme === null ? 'key' : `\`${scheme} \${key}\``;
  return `const key = process.env.${variable};
if (!key) throw new Error('Set ${variable} first.');

// Keyward tells of the key itself.
// In its place, call ${service.name}.
const response = await fetch('${publicUrl}/v1/test', {
  headers: { '${name}': ${value} },
});
console.log(response.status, await response.json());`;
}
