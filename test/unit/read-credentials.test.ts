import { readCredential, refuseKeyInUrl } from '@keyward/server/http/read-credentials';
import { mintSecret } from '@keyward/server/keys/mint-secret';
import { describe, expect, test } from 'vitest';

const secret = mintSecret('hk_live_').plaintextSecret;
const other = mintSecret('hk_live_').plaintextSecret;
const hiltKey = { name: 'X-Hilt-Key', scheme: null };

const ambiguous = expect.objectContaining({ code: 'ambiguous_credentials' });
const inUrl = expect.objectContaining({ code: 'key_in_url' });

describe('the header that carries a key', () => {
  test.each([
    { name: 'Authorization', before: 'Bearer ', after: '' },
    { name: 'authorization', before: 'bearer ', after: '' },
    { name: 'AUTHORIZATION', before: ' BEARER   ', after: ' ' },
    { name: 'X-Api-Key', before: '', after: '' },
    { name: 'x-api-key', before: ' ', after: ' ' },
  ])('"$name: $before<key>$after" is read', ({ name, before, after }) => {
    const raw = ['Host', 'localhost', name, before + secret + after, 'Accept', '*/*'];
    const header = name.toLowerCase();
    expect(readCredential(raw)).toEqual({ plaintextSecret: secret, header });
  });

  test('a request without one presents no key', () => {
    expect(readCredential([])).toBeNull();
    expect(readCredential(['Host', 'localhost', 'Cookie', `keyward_session=${secret}`])).toBeNull();
    expect(readCredential(['X-Keyward-Organization', secret])).toBeNull();
  });

  test.each([
    ['an empty Authorization', 'Authorization', ''],
    ['a blank Authorization', 'Authorization', '  '],
    ['a scheme alone', 'Authorization', 'Bearer'],
    ['a scheme and a space', 'Authorization', 'Bearer '],
    ['a bare key in Authorization', 'Authorization', secret],
    ['a scheme that runs into the key', 'Authorization', `Bearer${secret}`],
    ['Basic', 'Authorization', `Basic ${Buffer.from(`${secret}:`).toString('base64')}`],
    ['another scheme', 'Authorization', `Digest ${secret}`],
    ['two keys after one scheme', 'Authorization', `Bearer ${secret} ${other}`],
    ['two headers that were joined', 'Authorization', `Bearer ${secret}, Bearer ${other}`],
    ['an empty X-Api-Key', 'X-Api-Key', ''],
    ['a blank X-Api-Key', 'X-Api-Key', '   '],
  ])('%s presents no key', (_, name, value) => {
    expect(readCredential([name, value])).toBeNull();
  });
});

describe('more than one', () => {
  const bearer = `Bearer ${secret}`;
  test.each([
    ['Authorization twice', ['Authorization', bearer, 'Authorization', `Bearer ${other}`]],
    ['the same Authorization twice', ['Authorization', bearer, 'authorization', bearer]],
    ['Bearer and X-Api-Key', ['Authorization', bearer, 'X-Api-Key', other]],
    ['the same key in both', ['X-Api-Key', secret, 'Authorization', bearer]],
    ['X-Api-Key twice', ['X-Api-Key', secret, 'X-API-KEY', secret]],
    ['Basic and X-Api-Key', ['Authorization', 'Basic YTpi', 'X-Api-Key', secret]],
    ['Bearer and an empty X-Api-Key', ['Authorization', bearer, 'X-Api-Key', '']],
  ])('%s is ambiguous', (_, raw) => {
    expect(() => readCredential(raw)).toThrow(ambiguous);
  });

  test('a service’s own header beside another is ambiguous too', () => {
    const raw = ['X-Hilt-Key', secret, 'Authorization', `Bearer ${other}`];
    expect(() => readCredential(raw, [hiltKey])).toThrow(ambiguous);
    expect(() => readCredential(['X-Hilt-Key', secret, 'x-hilt-key', other], [hiltKey])).toThrow(
      ambiguous,
    );
  });

  test('the refusal does not repeat what was sent', () => {
    const raw = ['X-Api-Key', secret, 'X-Api-Key', other];
    expect(() => readCredential(raw)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hk_live_') }),
    );
  });
});

describe('a service’s own header', () => {
  test('is read where the call admits it, in any case, and nowhere else', () => {
    const raw = ['x-HILT-key', secret];
    expect(readCredential(raw, [hiltKey])).toEqual({
      plaintextSecret: secret,
      header: 'x-hilt-key',
    });
    expect(readCredential(raw)).toBeNull();
  });

  test('is read under its own scheme, and not without it', () => {
    const service = { name: 'X-Token', scheme: 'Key' };
    expect(readCredential(['X-Token', `key ${secret}`], [service])?.plaintextSecret).toBe(secret);
    expect(readCredential(['X-Token', secret], [service])).toBeNull();
    expect(readCredential(['X-Token', `Bearer ${secret}`], [service])).toBeNull();
  });

  test('Bearer and X-Api-Key stay admitted beside it', () => {
    expect(readCredential(['X-Api-Key', secret], [hiltKey])?.plaintextSecret).toBe(secret);
    expect(readCredential(['Authorization', `Bearer ${secret}`], [hiltKey])?.plaintextSecret).toBe(
      secret,
    );
  });

  test('two services may name one header, each with its scheme', () => {
    const services = [
      { name: 'Authorization', scheme: 'Bearer' },
      { name: 'Authorization', scheme: 'Token' },
    ];
    expect(readCredential(['Authorization', `Token ${secret}`], services)?.plaintextSecret).toBe(
      secret,
    );
  });
});

describe('a key in the address', () => {
  const query = (text: string) => () => refuseKeyInUrl(new URLSearchParams(text));

  test.each([
    ['a value', `q=${secret}`],
    ['one value among others', `service=short-links&x=${secret}`],
    ['the second value of a name', `a=1&a=${secret}`],
    ['a value with its scheme', `q=Bearer%20${secret}`],
    ['the whole query', secret],
    ['a name', `${secret}=`],
    ['one name among others', `service=short-links&${secret}`],
  ])('a secret that is %s is refused', (_, text) => {
    expect(query(text)).toThrow(inUrl);
  });

  test.each([
    'key',
    'api_key',
    'api-key',
    'apiKey',
    'APIKEY',
    'x-api-key',
    'token',
    'access_token',
  ])('?%s= is refused for its name', (name) => {
    expect(query(`${name}=anything`)).toThrow(inUrl);
    expect(query(`${name}=`)).toThrow(inUrl);
  });

  test('the refusal does not repeat the value', () => {
    expect(query(`q=${secret}`)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });

  test('what only speaks of keys holds none', () => {
    expect(query('')).not.toThrow();
    expect(query('service=short-links&permission=shortLinks:read&cost=1')).not.toThrow();
    expect(query('cursor=key_01jd0000000000000000000000&q=key')).not.toThrow();
    expect(query('externalId=token-7')).not.toThrow();
    expect(query(`q=${secret.slice(0, -1)}`)).not.toThrow();
  });
});
