import { isIssuerOf } from '@keyward/server/accounts/provider/provider';
import { expect, test } from 'vitest';

const entra = 'https://login.microsoftonline.com';

test.each([
  ['https://id.example.com', 'https://id.example.com', true],
  ['https://id.example.com', 'https://id.example.com/', true],
  ['https://id.example.com/realms/new', 'https://id.example.com/realms/old', false],
  ['https://id.example.com', 'https://former.example.com', false],
  [`${entra}/common/v2.0`, `${entra}/9188040d/v2.0`, true],
  [`${entra}/common/v2.0`, 'https://id.example.com/common/v2.0', false],
  [
    'https://id.example.com/.well-known/openid-configuration',
    'https://id.example.com/tenant',
    true,
  ],
])('a provider that is set as %s signs in who is known by %s: %s', (issuer, known, isIts) => {
  expect(isIssuerOf({ issuer }, known)).toBe(isIts);
});
