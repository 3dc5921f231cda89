import {
  authenticatorUri,
  createAuthenticatorSecret,
  findStep,
} from '@keyward/server/accounts/second-factor/authenticator-codes';
import { describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';

/** The ASCII text 12345678901234567890, and the last six digits of RFC 6238, appendix B, for SHA-1. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
] as const;

test.each(vectors)('at %d seconds the code is %s, as RFC 6238 has it', (seconds, code) => {
  const now = new Date(seconds * 1000);
  expect(codeOfApp(secret, 0, now.getTime())).toBe(code);
  expect(findStep(secret, code, now)).toBe(Math.floor(seconds / 30));
});

describe('a code', () => {
  const now = new Date(1_234_567_890_000);
  const step = Math.floor(1_234_567_890 / 30);

  test('is taken one step early or late, and no further', () => {
    const steps = [-2, -1, 0, 1, 2].map((one) => codeOfApp(secret, one, now.getTime()));
    expect(steps.map((code) => findStep(secret, code, now))).toEqual([
      null,
      step - 1,
      step,
      step + 1,
      null,
    ]);
  });

  test('of any other form is none', () => {
    for (const code of ['', '5924', '0005924', '-05924', 'abcdef', '５９２４００']) {
      expect(findStep(secret, code, now)).toBeNull();
    }
  });
});

test('an app reads the secret, the issuer and the account from the address', () => {
  const made = createAuthenticatorSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(createAuthenticatorSecret()).not.toBe(made);
  const uri = new URL(authenticatorUri(made, 'ada+x@example.com'));
  expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
  expect(decodeURIComponent(uri.pathname)).toBe('/Keyward:ada+x@example.com');
  expect(uri.searchParams.get('secret')).toBe(made);
  expect(uri.searchParams.get('issuer')).toBe('Keyward');
});
