import { createWebhookSecret, signMessage } from '@keyward/server/webhooks/sign-message';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';

describe('a signature', () => {
  test('is that of the vector of the specification’s own libraries', () => {
    const headers = signMessage(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' },
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  const now = () => Math.floor(Date.now() / 1000);
  const message = (body: string) => ({ id: 'evt_1', timestamp: now(), body });

  test.each(['{}', '{"a":"é 🔑 \\u2028"}', ' { "spaced" : 1 } '])(
    'of %s is verified by the standardwebhooks package',
    (body) => {
      const secret = createWebhookSecret();
      const headers = signMessage(message(body), [secret]);
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    },
  );

  test('fails for another body, id, time or secret', () => {
    const secret = createWebhookSecret();
    const headers = signMessage(message('{"a":1}'), [secret]);
    const verify =
      (body: string, changes: Record<string, string>, by = secret) =>
      () =>
        new Webhook(by).verify(body, { ...headers, ...changes });
    expect(verify('{"a":1}', {})).not.toThrow();
    expect(verify('{"a":2}', {})).toThrow();
    expect(verify('{"a":1}', { 'webhook-id': 'evt_2' })).toThrow();
    expect(verify('{"a":1}', { 'webhook-timestamp': String(now() - 5) })).toThrow();
    expect(verify('{"a":1}', {}, createWebhookSecret())).toThrow();
  });

  test('stands there for each secret while one takes over from the other', () => {
    const secrets = [createWebhookSecret(), createWebhookSecret()];
    const headers = signMessage(message('{}'), secrets);
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const secret of secrets) {
      expect(() => new Webhook(secret).verify('{}', headers)).not.toThrow();
    }
  });

  test('needs a secret of 24 to 64 random bytes in base64, after whsec_', () => {
    const made = new Set(Array.from({ length: 50 }, createWebhookSecret));
    expect(made.size).toBe(50);
    for (const secret of made) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    }
  });
});
