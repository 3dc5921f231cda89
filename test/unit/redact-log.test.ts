import { createLogger } from '@keyward/server/http/create-logger';
import { mintSecret } from '@keyward/server/keys/mint-secret';
import { redactSecrets } from '@keyward/server/redact-secrets';
import { expect, test } from 'vitest';

const { plaintextSecret: secret } = mintSecret('hk_live_');

/** What is written of one line. */
function written(fields: object | Error, message = 'said', isPretty = false): string {
  let text = '';
  const logger = createLogger({
    level: 'trace',
    isPretty,
    destination: {
      write(line) {
        text += line;
      },
    },
  });
  logger.error(fields, message);
  return text;
}

test.each([
  ['a field', { anything: secret }],
  ['a name of a field', { [secret]: 1 }],
  ['deep within', { a: [{ b: `x=${secret}&y` }] }],
  ['an address', { url: `https://x.example/${secret}?key=${secret}#${secret}` }],
  ['an error', { err: new Error(`no ${secret}`, { cause: new Error(secret) }) }],
  ['an error itself', new Error(secret)],
  ['right after a line break', { text: `\n${secret}` }],
  ['right after another escape', { text: `\u0001${secret}` }],
  ['right after a letter', { text: `é${secret}` }],
  ['in quotes', { text: `"${secret}"` }],
  ['twice in a row', { text: secret + secret }],
])('18: a secret in %s reaches no log line, and the line stays JSON', (_, fields) => {
  for (const message of ['said', `said ${secret}`]) {
    const line = written(fields, message);
    expect(line).not.toContain(secret.slice(-38));
    expect(line).toContain('[redacted]');
    expect(() => JSON.parse(line)).not.toThrow();
    expect(written(fields, message, true)).not.toContain(secret.slice(-38));
  }
});

test.each([
  ['Authorization', { headers: { authorization: 'Bearer sk-legacy/ABC.def' } }, 'sk-legacy'],
  ['the words of it', { text: 'sent Authorization: Bearer sk-legacy/ABC.def, twice' }, 'sk-legacy'],
  ['a header of a key', { headers: { 'x-api-key': 'sk-legacy' } }, 'sk-legacy'],
  ['cookies', { headers: { cookie: 'a=b; keyward_session=abcdefgh' } }, 'abcdefgh'],
  [
    'a session anywhere',
    { text: 'Set-Cookie: __Host-keyward_session=abcdefgh; Path=/' },
    'abcdefgh',
  ],
  ['a secret of a webhook', { text: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }, 'MfKQ'],
  ['a password', { input: { password: 'correct "horse' } }, 'horse'],
  ['the hash of one', { text: '$argon2id$v=19$m=19456$abc$def' }, 'm=19456'],
  ['the address of a database', { text: 'postgres://ada:s3cret@db:5432/keyward' }, 's3cret'],
])('18: %s reaches no log line', (_, fields, leak) => {
  const line = written(fields);
  expect(line).not.toContain(leak);
  expect(() => JSON.parse(line)).not.toThrow();
});

test('what is no secret is logged as it is', () => {
  const fields = {
    requestId: 'req_01jd0000000000000000000000',
    keyId: 'key_01jd0000000000000000000000',
    query: 'select "keys"."id" from "keys" where "keys"."suspended_at" is not null',
    path: '/v1/keys/key_01jd0000000000000000000000/rotate',
    sha256: '0f'.repeat(32),
  };
  expect(JSON.parse(written(fields))).toMatchObject(fields);
});

/** The shortest of three times, in milliseconds: what else runs on the machine makes them longer only. */
function timeOf(text: string): number {
  const times = [1, 2, 3].map(() => {
    const started = performance.now();
    redactSecrets(text);
    return performance.now() - started;
  });
  return Math.min(...times);
}

test.each(['a_', 'a'])(
  'a long text of %j is searched in a time that grows as its length does',
  (part) => {
    const short = timeOf(part.repeat(25_000));
    // Eight times as long: what grew by the square of the length would take 64 times.
    expect(timeOf(part.repeat(200_000))).toBeLessThan(30 * Math.max(short, 1));
  },
);
