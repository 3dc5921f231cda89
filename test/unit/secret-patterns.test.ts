import { mintSecret } from '@keyward/server/keys/mint-secret';
import { exampleSecret } from '@keyward/shared/example-secret';
import { describeSecretPatterns } from '@keyward/shared/secret-patterns';
import { presetNames, servicePresets } from '@keyward/shared/service-presets';
import { expect, test } from 'vitest';

const url = 'https://keys.example.com';
const profiles = presetNames.map((name) => servicePresets[name]);
const patterns = describeSecretPatterns(profiles, url);
const finds = (text: string, pattern = patterns.pattern) => new RegExp(pattern).test(text);

test('each shape of the five presets finds its own secrets, and the whole pattern finds all', () => {
  expect(new Set(patterns.shapes.map(({ service }) => service)).size).toBe(presetNames.length);
  for (const { prefix, pattern } of patterns.shapes) {
    const { plaintextSecret } = mintSecret(prefix);
    for (const text of [
      plaintextSecret,
      `KEY="${plaintextSecret}";`,
      `/x?k=${plaintextSecret}&a=b`,
    ]) {
      expect([finds(text), finds(text, pattern)], text).toEqual([true, true]);
    }
    expect(plaintextSecret.match(patterns.pattern)?.[0]).toBe(plaintextSecret);
  }
});

test('what is no secret is not found: ids, shorter and longer strings, other prefixes', () => {
  const { plaintextSecret } = mintSecret('hk_live_');
  for (const text of [
    'key_01jd0000000000000000000000',
    'org_01jd0000000000000000000000',
    'hk_live_',
    plaintextSecret.slice(0, -1),
    `${plaintextSecret}0`,
    plaintextSecret.replace('hk_', 'xhk_'),
    plaintextSecret.replace('hk_live_', 'sk_live_'),
    plaintextSecret.toUpperCase(),
    'a'.repeat(200),
    'https://example.com/hk_live_/docs',
  ]) {
    expect(finds(text), text).toBe(false);
  }
});

test('an example in the documents looks like a secret and has a checksum that none has', () => {
  const { prefix, random, checksum } = exampleSecret('hk_live_');
  expect(finds(prefix + random + checksum)).toBe(true);
  expect(checksum).toBe('z'.repeat(patterns.checksum.length));
});

test('every engine takes the patterns: no look-around, no reference back, no named or atomic group', () => {
  for (const pattern of [patterns.pattern, ...patterns.shapes.map((shape) => shape.pattern)]) {
    expect(pattern).toMatch(/^\\b\(\?:[a-z0-9_|]+\)\[0-9A-Za-z\]\{38\}\\b$/);
  }
});

test('the rule for gitleaks holds the pattern as it is, and keywords in lower case', () => {
  const regex = /^regex = '''(.*)'''$/m.exec(patterns.gitleaks)?.[1];
  expect(regex).toBe(patterns.pattern);
  const keywords = JSON.parse(/^keywords = (\[.*\])$/m.exec(patterns.gitleaks)?.[1] ?? '');
  expect(keywords).toEqual([...new Set(patterns.shapes.map(({ prefix }) => prefix))].sort());
  expect(keywords).toEqual(keywords.map((word: string) => word.toLowerCase()));
  expect(patterns.gitleaks).toMatch(/^\[\[rules\]\]\nid = "keyward-api-key"\n/);
});
