import { generateKeyPairSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { readConfig } from '@keyward/server/config';
import { describe, expect, test } from 'vitest';

const settings = [
  'HOST',
  'PORT',
  'DATABASE_URL',
  'KEYWARD_DATA_DIR',
  'KEYWARD_PUBLIC_URL',
  'KEYWARD_TRUSTED_PROXIES',
  'KEYWARD_WEBHOOK_RANGES',
  'KEYWARD_GITHUB_SECRET_SCANNING_KEYS',
  'KEYWARD_SIGN_UP',
  'SMTP_URL',
  'KEYWARD_MAIL_FROM',
  'KEYWARD_OIDC_ISSUER',
  'KEYWARD_OIDC_CLIENT_ID',
  'KEYWARD_OIDC_CLIENT_SECRET',
  'KEYWARD_OIDC_NAME',
  'KEYWARD_OIDC_SECOND_FACTOR_ACR',
  'KEYWARD_WORKERS',
];

const githubKey = (namedCurve: string): string =>
  generateKeyPairSync('ec', { namedCurve })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();

/** As GitHub answers them. */
const published = (keys: [key_identifier: string, key: string][]): string =>
  JSON.stringify({
    public_keys: keys.map(([key_identifier, key]) => ({ key_identifier, key, is_current: true })),
  });

const faultOf = (variables: NodeJS.ProcessEnv): string => {
  try {
    readConfig(variables);
  } catch (error) {
    return String(error);
  }
  return 'no fault';
};

describe('the settings', () => {
  test('have the defaults of the design', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4400,
      databaseUrl: null,
      dataDirectory: resolve('.keyward'),
      publicUrl: null,
      trustedProxies: [],
      webhookRanges: [],
      githubKeys: new Map(),
      signUp: 'first',
      smtpUrl: null,
      mailFrom: 'Keyward <keyward@localhost>',
      oidc: null,
      workers: 1,
      demo: false,
    });
  });

  test('that are empty are as good as unset', () => {
    const empty = Object.fromEntries(settings.map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test('are taken as they are given', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '8080',
      DATABASE_URL: 'postgresql://keyward:secret@db.example.com:5433/keyward?sslmode=require',
      KEYWARD_DATA_DIR: '/var/lib/keyward',
      KEYWARD_PUBLIC_URL: 'https://keys.example.com',
      KEYWARD_TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1 ::1,2001:db8::/32',
      KEYWARD_WEBHOOK_RANGES: '10.1.0.0/16',
      KEYWARD_GITHUB_SECRET_SCANNING_KEYS: published([['first', githubKey('prime256v1')]]),
      KEYWARD_SIGN_UP: 'closed',
      SMTP_URL: 'smtps://keyward:secret@mail.example.com',
      KEYWARD_OIDC_ISSUER: 'https://id.example.com',
      KEYWARD_OIDC_CLIENT_ID: 'keyward',
      KEYWARD_OIDC_NAME: 'Example ID',
      KEYWARD_WORKERS: '4',
    });
    expect(config).toEqual({
      host: '0.0.0.0',
      port: 8080,
      databaseUrl: 'postgresql://keyward:secret@db.example.com:5433/keyward?sslmode=require',
      dataDirectory: '/var/lib/keyward',
      publicUrl: 'https://keys.example.com',
      trustedProxies: ['10.0.0.0/8', '192.0.2.1', '::1', '2001:db8::/32'],
      webhookRanges: ['10.1.0.0/16'],
      githubKeys: expect.any(Map),
      signUp: 'closed',
      smtpUrl: 'smtps://keyward:secret@mail.example.com',
      mailFrom: 'Keyward <keyward@keys.example.com>',
      oidc: {
        issuer: 'https://id.example.com',
        clientId: 'keyward',
        clientSecret: null,
        name: 'Example ID',
        secondFactorAcr: null,
      },
      workers: 4,
      demo: false,
    });
    expect([...config.githubKeys.keys()]).toEqual(['first']);
  });

  test('of other programs are nothing to Keyward', () => {
    expect(readConfig({ PATH: '/bin', NODE_ENV: 'production' })).toEqual(readConfig({}));
  });

  test('the public address loses the slashes at its end, and the data directory is absolute', () => {
    const { publicUrl } = readConfig({ KEYWARD_PUBLIC_URL: 'https://example.com/keys//' });
    expect(publicUrl).toBe('https://example.com/keys');
    expect(isAbsolute(readConfig({ KEYWARD_DATA_DIR: 'data' }).dataDirectory)).toBe(true);
  });

  test('as many workers as the machine has processors, where that is asked for', () => {
    expect(readConfig({ KEYWARD_WORKERS: 'auto' }).workers).toBe(availableParallelism());
  });

  test('port 0 lets the system choose', () => {
    expect(readConfig({ PORT: '0' }).port).toBe(0);
  });
});

describe('a bad setting', () => {
  test.each([
    ['PORT', ['http', '-1', '65536', '80.5', 'NaN']],
    ['DATABASE_URL', ['mysql://db/keyward', 'db.example.com', 'keyward']],
    ['KEYWARD_PUBLIC_URL', ['keys.example.com', 'ftp://keys.example.com', '/keys']],
    ['KEYWARD_TRUSTED_PROXIES', ['proxy', '10.0.0.0/33', '10.0.0.256', '10.0.0.1;10.0.0.2', '*']],
    [
      'KEYWARD_GITHUB_SECRET_SCANNING_KEYS',
      [
        'key.pem',
        '{"public_keys":[]}',
        published([['no pem', 'MFkw']]),
        published([['other curve', githubKey('secp384r1')]]),
      ],
    ],
    ['KEYWARD_SIGN_UP', ['yes', 'OPEN', 'true']],
    ['SMTP_URL', ['mail.example.com', 'https://mail.example.com']],
    [
      'KEYWARD_MAIL_FROM',
      ['Keyward', 'a@b, c@d', 'Keyward <a@example.com>\r\nBcc: eve@example.com', '<a@b><c@d>'],
    ],
    ['KEYWARD_OIDC_ISSUER', ['id.example.com', 'http://id.example.com', 'https://id.example.com']],
    ['KEYWARD_WORKERS', ['0', '-1', '1.5', '100', 'AUTO', 'all']],
  ])('%s is refused by its name', (name, values) => {
    for (const value of values) {
      expect(faultOf({ [name]: value }), value).toContain(`${name}: `);
    }
  });

  test('a trusted proxy in a form that others read differently is refused', () => {
    for (const entry of ['10', '10/8', '10.1', '012.0.0.1', '0x0a.0.0.1', '012.0.0.0/8']) {
      expect(faultOf({ KEYWARD_TRUSTED_PROXIES: entry }), entry).toContain(
        'KEYWARD_TRUSTED_PROXIES',
      );
    }
  });

  test('a blank PORT does not mean whatever port is free', () => {
    expect(faultOf({ PORT: ' ' })).toContain('PORT: ');
  });

  test('every one of them is named in the same error', () => {
    const fault = faultOf({
      HOST: '0.0.0.0',
      PORT: 'http',
      DATABASE_URL: 'nowhere',
      KEYWARD_PUBLIC_URL: 'nowhere',
      KEYWARD_TRUSTED_PROXIES: 'proxy',
      KEYWARD_WEBHOOK_RANGES: 'everywhere',
      KEYWARD_GITHUB_SECRET_SCANNING_KEYS: 'none',
      KEYWARD_SIGN_UP: 'maybe',
      KEYWARD_WORKERS: 'many',
      SMTP_URL: 'nowhere',
      KEYWARD_MAIL_FROM: 'nobody',
      KEYWARD_OIDC_ISSUER: 'nowhere',
      KEYWARD_OIDC_NAME: 'x'.repeat(41),
    });
    // Any text will do for these.
    const free = ['HOST', 'KEYWARD_DATA_DIR'].concat(
      ['CLIENT_ID', 'CLIENT_SECRET', 'SECOND_FACTOR_ACR'].map((name) => `KEYWARD_OIDC_${name}`),
    );
    for (const name of settings) {
      const isBad = !free.includes(name);
      expect(fault.includes(`${name}: `), name).toBe(isBad);
    }
  });

  test('the error does not repeat a password', () => {
    expect(faultOf({ DATABASE_URL: 'mysql://keyward:hunter2@db/keyward' })).not.toContain(
      'hunter2',
    );
  });
});
