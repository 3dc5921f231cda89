import { allowsAddress, canonicalAddress } from '@keyward/server/verification/allows-address';
import { createKeyInput } from '@keyward/shared/keys';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const runs = { seed: 20_260_615, numRuns: 500 };

const dotted = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
const groups = (value: bigint) =>
  Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  ).join(':');
const v4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const v6 = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });

/** What the contract lets into an allowlist. */
const isAccepted = (entry: string) => createKeyInput.shape.ipAllowlist.safeParse([entry]).success;

describe('addresses and ranges', () => {
  test.each([
    { entry: '203.0.113.9', address: '203.0.113.9', allowed: true },
    { entry: '203.0.113.9', address: '203.0.113.10', allowed: false },
    { entry: '203.0.113.0/24', address: '203.0.113.255', allowed: true },
    { entry: '203.0.113.0/24', address: '203.0.114.0', allowed: false },
    { entry: '203.0.113.77/24', address: '203.0.113.1', allowed: true },
    { entry: '0.0.0.0/0', address: '198.51.100.7', allowed: true },
    { entry: '0.0.0.0/0', address: '2001:db8::1', allowed: false },
    { entry: '::/0', address: '2001:db8::1', allowed: true },
    { entry: '::/0', address: '198.51.100.7', allowed: false },
    { entry: '2001:db8::/32', address: '2001:db8:ffff::1', allowed: true },
    { entry: '2001:db8::/32', address: '2001:db9::1', allowed: false },
    { entry: '2001:0DB8:0:0::1', address: '2001:db8::1', allowed: true },
    { entry: '::1', address: '127.0.0.1', allowed: false },
  ])('$entry admits $address: $allowed', ({ entry, address, allowed }) => {
    expect(allowsAddress([entry], address)).toBe(allowed);
  });

  test('an empty list admits nobody, and one entry that admits is enough', () => {
    expect(allowsAddress([], '203.0.113.9')).toBe(false);
    expect(allowsAddress(['::1', '198.51.100.0/24', '203.0.113.9'], '203.0.113.9')).toBe(true);
  });

  test('an IPv4 range admits exactly the addresses that share its first bits', () => {
    fc.assert(
      fc.property(v4, v4, fc.integer({ min: 0, max: 32 }), (range, client, bits) => {
        const shared = 2 ** (32 - bits);
        const expected = Math.floor(range / shared) === Math.floor(client / shared);
        expect(allowsAddress([`${dotted(range)}/${bits}`], dotted(client))).toBe(expected);
        expect(allowsAddress([`${dotted(range)}/${bits}`], dotted(range))).toBe(true);
      }),
      runs,
    );
  });

  test('an IPv6 range admits exactly the addresses that share its first bits', () => {
    fc.assert(
      fc.property(
        v6,
        fc.integer({ min: 0, max: 128 }),
        fc.nat({ max: 127 }),
        (range, bits, bit) => {
          const isMapped = (value: bigint) => value >> 32n === 0xffffn;
          const client = range ^ (1n << BigInt(127 - bit));
          fc.pre(!isMapped(range) && !isMapped(client));
          expect(allowsAddress([`${groups(range)}/${bits}`], groups(client))).toBe(bit >= bits);
        },
      ),
      runs,
    );
  });
});

describe('IPv4-mapped addresses', () => {
  test('a mapped client is the IPv4 client that it is, in any spelling', () => {
    for (const client of ['::ffff:203.0.113.9', '::ffff:cb00:7109', '0:0:0:0:0:FFFF:CB00:7109']) {
      expect(canonicalAddress(client)).toBe('203.0.113.9');
      expect(allowsAddress(['203.0.113.0/24'], client)).toBe(true);
      expect(allowsAddress(['198.51.100.0/24'], client)).toBe(false);
    }
  });

  test('a mapped range is the IPv4 range that it is', () => {
    for (const entry of ['::ffff:203.0.113.0/120', '::ffff:cb00:7100/120']) {
      expect(allowsAddress([entry], '203.0.113.9')).toBe(true);
      expect(allowsAddress([entry], '::ffff:203.0.113.9')).toBe(true);
      expect(allowsAddress([entry], '203.0.114.9')).toBe(false);
    }
    expect(allowsAddress(['::ffff:203.0.113.9'], '203.0.113.9')).toBe(true);
    expect(allowsAddress(['::ffff:203.0.113.9'], '203.0.113.10')).toBe(false);
    expect(allowsAddress(['::ffff:0:0/96'], '203.0.113.9')).toBe(true);
  });

  test('a mapped range and a mapped client mean what their IPv4 forms mean', () => {
    fc.assert(
      fc.property(v4, v4, fc.integer({ min: 0, max: 32 }), (range, client, bits) => {
        const plain = allowsAddress([`${dotted(range)}/${bits}`], dotted(client));
        const entry = `::ffff:${dotted(range)}/${bits + 96}`;
        expect(allowsAddress([entry], dotted(client))).toBe(plain);
        expect(allowsAddress([entry], `::ffff:${dotted(client)}`)).toBe(plain);
      }),
      runs,
    );
  });

  test('an IPv4-compatible address is no IPv4 address', () => {
    for (const client of ['::203.0.113.9', '::cb00:7109']) {
      expect(allowsAddress(['203.0.113.0/24'], client), client).toBe(false);
    }
  });
});

describe('what others read differently', () => {
  test.each([
    '0313.0.113.9',
    '0xcb.0.113.9',
    '0xcb007109',
    '3405803785',
    '203.0.28937',
    '203.113',
    '203.0.113.009',
    '203.0.113.9.',
    '203.0.113.9:443',
    '[2001:db8::1]',
    '203.0.113.9/32',
    ' 203.0.113.9',
    '203.0.113.9\n',
    '203.0.113.256',
    '٢٠٣.0.113.9',
    '::ffff:0xcb.0.113.9',
    '::ffff:0313.0.113.9',
    '::ffff:203.0.113.009',
    '2001:db8::00001',
    '1::2::3',
    'localhost',
    'unknown',
    '',
  ])('%j is no address: no list admits it', (address) => {
    expect(canonicalAddress(address)).toBeNull();
    expect(allowsAddress(['0.0.0.0/0', '::/0'], address)).toBe(false);
  });

  test('the contract keeps the same forms out of allowlists', () => {
    const entries = ['0313.0.113.0/24', '203.0.113/24', '203', '0xcb.0.113.9', '203.0.113.0/33'];
    expect(entries.filter(isAccepted)).toEqual([]);
    expect(['2001:db8::/129', '2001:db8::/5.5', '::1/-1', '::1/', '*'].filter(isAccepted)).toEqual(
      [],
    );
  });

  test('a zone names an interface, and does not change which range an address is in', () => {
    expect(allowsAddress(['fe80::/10'], 'fe80::1%eth0')).toBe(true);
    expect(allowsAddress(['fe90::/16'], 'fe80::1%eth0')).toBe(false);
    expect(allowsAddress(['203.0.113.9'], '203.0.113.9%eth0')).toBe(false);
    expect(canonicalAddress('fe80::1%')).toBeNull();
  });
});

describe('noise', () => {
  const allowlist = ['203.0.113.0/24', '::ffff:198.51.100.0/120', '2001:db8::/32', '::1'];
  const piece = fc.constantFrom(
    '::',
    ':',
    '.',
    '%',
    '/',
    'ffff',
    '0x',
    '203',
    '0',
    '1',
    'g',
    '\0',
    ' ',
  );
  const noise = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
  );

  test('as a client never throws, and is no address or has one canonical form', () => {
    fc.assert(
      fc.property(noise, (address) => {
        const canonical = canonicalAddress(address);
        if (canonical === null) {
          expect(allowsAddress(allowlist, address)).toBe(false);
        } else {
          expect(canonicalAddress(canonical)).toBe(canonical);
        }
      }),
      { ...runs, numRuns: 3000 },
    );
  });

  test('in an allowlist never makes a key unjudgeable: what the contract takes, the gate reads', () => {
    const bits = fc.oneof(
      fc.constant(''),
      fc.integer({ min: -1, max: 130 }).map((count) => `/${count}`),
      fc.constantFrom('/5.5', '/0.5', '/05', '/ 5', '/+5', '/1e1', '/0x1', '/', '/5/5', '/NaN'),
    );
    const entry = fc
      .tuple(fc.oneof(fc.ipV4(), fc.ipV6(), v4.map(dotted), v6.map(groups), noise), bits)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(entry, (one) => {
        fc.pre(isAccepted(one));
        allowsAddress([one], '203.0.113.9');
        allowsAddress([one], '2001:db8::1');
      }),
      { ...runs, numRuns: 1000 },
    );
  });
});
