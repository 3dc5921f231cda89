import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What Keyward must survive. Whatever shows that it does is a test whose name begins with the number. */
const attacks: Record<number, string> = {
  1: 'a revocation that returned is verified at once on every node, under load',
  2: 'a node is stopped beyond its lease, then resumed with requests in its sockets',
  3: 'a node is cut from PostgreSQL while a key is revoked',
  4: 'PostgreSQL is away',
  5: 'a member is removed, a role lowered, an organization suspended',
  6: 'a fill of the memory races a revocation',
  7: 'the revoker is killed while it waits, and the call is repeated',
  8: 'the id of another organization on every route and procedure',
  9: 'a limit of 100 and 1,000 parallel calls over three nodes',
  10: 'kill -9 at each step of create, and a retry',
  11: 'two user keys at once, two last owners removed at once',
  12: 'forged identity headers',
  13: 'a spoofed X-Forwarded-For, IPv4-mapped addresses',
  14: 'a webhook to private addresses in every form, a rebinding name, a redirect',
  15: 'several credentials, a key in the address',
  16: 'the audit row cannot be written',
  17: 'a restored backup whose revision went backwards',
  18: 'a search for the plaintext in whatever is kept or told',
  19: 'cross-site requests',
  20: 'clocks that are two days wrong, a rotation with overlap',
  21: 'a report of an exposed key with a bad, replayed or re-serialised signature',
  22: 'large bodies, deep JSON, large batches, requests that come by drops',
  23: 'control characters, surrogates and homoglyphs in names, formulas in exports',
  24: '__proto__ and fields that are in no contract',
  25: 'a fixed session, a cookie from before a sign-out or a new password',
  26: 'sign-in by brute force, enumeration of accounts',
  27: 'webhook receivers that fail, hang or end, and a worker that is killed',
  28: 'every notification of the database is lost',
  29: 'nodes with leases of different lengths',
  30: 'the pool is exhausted, PostgreSQL hangs rather than refuses',
};

const folder = join(import.meta.dirname, '..');
const sources = globSync('{browser,cluster,faces,process,store,unit}/**/*.test.ts', {
  cwd: folder,
}).map((path) => readFileSync(join(folder, path), 'utf8'));

test.each(Object.entries(attacks))('attack %s has a test: %s', (number) => {
  const named = new RegExp(`^\\s*(?:test|describe)?[^\\n]*['\`]${number}: `, 'm');
  expect(sources.filter((source) => named.test(source))).not.toEqual([]);
});
