import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connectKeyward,
  KeywardRefusal,
  KeywardUnavailable,
  statusOf,
} from '../../examples/lib/keyward.ts';

// Something that answers at Keyward's address, but not as Keyward does.
let answer: { status: number; body: string; ends?: boolean };
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.write(answer.body);
    if (answer.ends !== false) {
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const valid = JSON.stringify({ valid: true, code: 'VALID' });

test.each<[string, typeof answer]>([
  ['a verdict with the status of a failure', { status: 503, body: valid }],
  ['a verdict with another status of success', { status: 203, body: valid }],
  ['our own key refused', { status: 401, body: '{"code":"key_revoked","status":401}' }],
  ['our question refused', { status: 400, body: '{"code":"invalid_request","status":400}' }],
  ['a page', { status: 200, body: '<!doctype html>' }],
  ['nothing', { status: 200, body: '' }],
  ['null', { status: 200, body: 'null' }],
  ['a yes that is none', { status: 200, body: '{"valid":"true"}' }],
  ['a truth without a verdict', { status: 200, body: 'true' }],
  ['a verdict that never ends', { status: 200, body: valid.slice(0, -1), ends: false }],
])('%s lets nobody in', async (_, given) => {
  answer = given;
  const asked = connectKeyward(url, 'kw_live_x').verify({ key: 'hk_live_x', service: 'merchant' });
  await expect(asked).rejects.toThrow(KeywardUnavailable);
});

test('what can be no key is refused without a question', async () => {
  const nowhere = connectKeyward('http://127.0.0.1:9', 'kw_live_x');
  for (const key of ['', 'k'.repeat(513)]) {
    const verdict = await nowhere.verify({ key, service: 'merchant' });
    expect(verdict).toEqual({ valid: false, code: 'NOT_FOUND' });
  }
});

test('a refusal of another call keeps its status and says what to do', async () => {
  answer = { status: 409, body: '{"detail":"Keep that tier.","errors":[]}' };
  const refused = connectKeyward(url, 'kw_live_x').call('PUT', '/v1/services/merchant', {});
  await expect(refused).rejects.toThrow(new KeywardRefusal(409, 'Keep that tier.'));
});

test('each outcome has its status, and one that is not known is no way in', () => {
  expect(statusOf('RATE_LIMITED')).toBe(429);
  expect(statusOf('INSUFFICIENT_PERMISSIONS')).toBe(403);
  expect(statusOf('IP_NOT_ALLOWED')).toBe(403);
  for (const code of ['NOT_FOUND', 'REVOKED', 'EXPIRED', 'WRONG_SERVICE', 'A_NEW_ONE']) {
    expect(statusOf(code)).toBe(401);
  }
});
