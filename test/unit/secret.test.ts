import { createHash } from 'node:crypto';
import { mintSecret } from '@keyward/server/keys/mint-secret';
import { parseSecret, secretChecksum } from '@keyward/server/verification/parse-secret';
import { base62 } from '@keyward/shared/base62';
import { secretMaximumLength } from '@keyward/shared/secret-format';
import { secretPattern } from '@keyward/shared/secret-patterns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const runs = { seed: 20_260_615, numRuns: 500 };

const prefixes = [
  'hk_live_',
  'hk_test_',
  'hitl_',
  'h0p_',
  'heir_pk_',
  'heir_pt_',
  'heir_in_',
  'kw_live_',
];
const prefix = fc.constantFrom(...prefixes);
/** The randomness of a minted secret is its own; the property's seed chooses what happens to it. */
const minted = prefix.map((one) => mintSecret(one).plaintextSecret);
const position = fc.nat({ max: 10_000 });

function replaceAt(text: string, index: number, by: string): string {
  return text.slice(0, index) + by + text.slice(index + 1);
}

describe('a minted secret', () => {
  test('is its prefix, 32 random characters and a checksum of 6', () => {
    for (const one of prefixes) {
      const { plaintextSecret, start, last4, secretHash } = mintSecret(one);
      expect(plaintextSecret).toHaveLength(one.length + 32 + 6);
      expect(plaintextSecret.slice(one.length)).toMatch(/^[0-9A-Za-z]{38}$/);
      expect(plaintextSecret.startsWith(start)).toBe(true);
      expect(start).toBe(one);
      expect(last4).toBe(plaintextSecret.slice(-4));
      const sha256 = createHash('sha256').update(plaintextSecret).digest('hex');
      expect(secretHash.toString('hex')).toBe(sha256);
    }
  });

  test('is found again by the hash that it was minted with', () => {
    for (const one of prefixes) {
      const { plaintextSecret, secretHash } = mintSecret(one);
      expect(parseSecret(plaintextSecret)).toEqual(secretHash);
    }
  });

  test('is found again under whatever prefix, for it is parsed from the right', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (any) => {
        const { plaintextSecret, secretHash } = mintSecret(any);
        return parseSecret(plaintextSecret)?.equals(secretHash) === true;
      }),
      runs,
    );
  });

  test('is refused once any one character of it is another', () => {
    const other = fc.oneof(
      fc.constantFrom(...base62),
      fc.constantFrom('_', '-', ' ', '\0', '\n', 'é', 'ｋ', '٣'),
    );
    fc.assert(
      fc.property(minted, position, other, (secret, at, character) => {
        const index = at % secret.length;
        fc.pre(secret.charAt(index) !== character);
        return parseSecret(replaceAt(secret, index, character)) === null;
      }),
      { ...runs, numRuns: 2000 },
    );
  });

  test('is refused once any two neighbours of it have changed places', () => {
    fc.assert(
      fc.property(minted, position, (secret, at) => {
        const index = at % (secret.length - 1);
        const [left, right] = [secret.charAt(index), secret.charAt(index + 1)];
        fc.pre(left !== right);
        return parseSecret(replaceAt(replaceAt(secret, index, right), index + 1, left)) === null;
      }),
      { ...runs, numRuns: 2000 },
    );
  });

  test('is refused with a character too few, too many, or white space around it', () => {
    fc.assert(
      fc.property(minted, position, fc.constantFrom(...base62, ' ', '\n'), (secret, at, more) => {
        const index = at % secret.length;
        const shorter = secret.slice(0, index) + secret.slice(index + 1);
        const around = [secret + more, more + secret, shorter];
        expect(around.map(parseSecret)).toEqual([null, null, null]);
      }),
      runs,
    );
  });

  test('is refused in another case, and under another prefix', () => {
    const { plaintextSecret } = mintSecret('hk_live_');
    expect(parseSecret(plaintextSecret.toUpperCase())).toBeNull();
    expect(parseSecret(plaintextSecret.replace('hk_live_', 'hk_test_'))).toBeNull();
  });

  test('uses the whole alphabet, and is never the same twice', () => {
    const secrets = Array.from({ length: 500 }, () => mintSecret('h0p_').plaintextSecret);
    const characters = new Set(secrets.flatMap((secret) => [...secret.slice(4, 36)]));
    expect([...characters].sort().join('')).toBe([...base62].sort().join(''));
    expect(new Set(secrets).size).toBe(secrets.length);
  });
});

describe('what is no secret', () => {
  test('is refused, and never throws, whatever it is', () => {
    const noise = fc
      .array(fc.nat({ max: 0xffff }), { maxLength: 80 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(
        fc.oneof(noise, fc.string({ maxLength: 80 })),
        (text) => parseSecret(text) === null,
      ),
      runs,
    );
  });

  test('a random part without a prefix is refused', () => {
    const body = 'a'.repeat(32);
    expect(parseSecret(body + secretChecksum(body))).toBeNull();
  });

  test('a string of 512 characters may be a secret, one more may not', () => {
    const longest = mintSecret('p'.repeat(secretMaximumLength - 38));
    expect(longest.plaintextSecret).toHaveLength(512);
    expect(parseSecret(longest.plaintextSecret)).toEqual(longest.secretHash);
    expect(
      parseSecret(mintSecret('p'.repeat(secretMaximumLength - 37)).plaintextSecret),
    ).toBeNull();
  });
});

describe('the published pattern', () => {
  const pattern = () => new RegExp(secretPattern(prefixes), 'g');

  test('finds each secret whole, in what people paste', () => {
    fc.assert(
      fc.property(minted, (secret) => {
        const text = `KEY=${secret}\ncurl -H "Authorization: Bearer ${secret}", '${secret}'`;
        expect(text.match(pattern())).toEqual([secret, secret, secret]);
      }),
      { ...runs, numRuns: 100 },
    );
  });

  test('finds nothing under other prefixes, nor in what is too short or too long', () => {
    const { plaintextSecret } = mintSecret('hk_live_');
    const others = [
      mintSecret('sk_live_').plaintextSecret,
      plaintextSecret.slice(0, -1),
      `${plaintextSecret}a`,
      `a${plaintextSecret}`,
    ];
    expect(others.flatMap((text) => text.match(pattern()) ?? [])).toEqual([]);
  });

  test('is the same in whatever order the prefixes stand, once or twice', () => {
    expect(secretPattern(['b_', 'a_', 'b_'])).toBe(secretPattern(['a_', 'b_']));
  });
});
