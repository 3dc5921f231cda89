import { isWellFormed } from '@keyward/server/verification/parse-secret';
import { exampleSecret } from '@keyward/shared/example-secret';
import { secretPattern } from '@keyward/shared/secret-patterns';
import { slugFromName } from '@keyward/shared/slug-from-name';
import { slug } from '@keyward/shared/text';
import { expect, test } from 'vitest';

test.each([
  ['Acme', 'acme'],
  ['  Ångström & Söhne GmbH ', 'angstrom-sohne-gmbh'],
  ['Ada’s API', 'ada-s-api'],
  ['A', ''],
  ['日本', ''],
  [`${'a'.repeat(47)} b`, 'a'.repeat(47)],
  [`-${'a'.repeat(60)}`, 'a'.repeat(48)],
])('%s becomes the slug %s', (name, expected) => {
  expect(slugFromName(name)).toBe(expected);
  expect(expected === '' || slug.safeParse(expected).success).toBe(true);
});

test.each(['h0p_', 'hk_live_', 'a_'])(
  'an example with %s looks like a secret and is none',
  (prefix) => {
    const { random, checksum } = exampleSecret(prefix);
    const secret = `${prefix}${random}${checksum}`;
    expect(secret).toMatch(new RegExp(secretPattern([prefix])));
    expect(isWellFormed(secret)).toBe(false);
  },
);
