import fc, { type Arbitrary } from 'fast-check';

type Spoil = (text: string) => string;

/** What no object can say, and text can. */
const spoils: Record<string, Spoil> = {
  'a prototype': (text) => text.replace('{', '{"__proto__":{"isOperator":true,"kind":"user"},'),
  'a name twice': (text) => text.replace(/\{("[^"]*"):/, '{$1:null,$1:'),
  'a number beyond all': (text) => text.replace(/:\d+/, ':1e999'),
  'a number in hex': (text) => text.replace(/:\d+/, ':0x10'),
  NUL: (text) => text.replace(/:"/, ':"\\u0000'),
  'half a character': (text) => text.replace(/:"/, ':"\\ud800'),
  'a control character as it is': (text) => text.replace(/:"/, ':"\u0001'),
  'a list for a text': (text) => text.replace(/:("[^"\\]*")/, ':[$1]'),
  'an object for a text': (text) => text.replace(/:("[^"\\]*")/, ':{"$1":1}'),
  'what goes very deep': () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'what goes deep within': (text) =>
    text.replace('{', `{"metadata":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)},`),
  'a field too many': (text) => text.replace('{', '{"organizationId":"org_x",'),
  'half of it': (text) => text.slice(0, text.length / 2),
  'more after it': (text) => `${text}{}`,
  nothing: () => '',
};

/** JSON as it is, or three times in ten spoiled as text. */
export function spoiled(json: Arbitrary<string>): Arbitrary<string> {
  const spoil = fc.constantFrom(...Object.values(spoils));
  return fc.oneof(
    { weight: 7, arbitrary: json },
    { weight: 3, arbitrary: fc.tuple(json, spoil).map(([text, change]) => change(text)) },
  );
}
