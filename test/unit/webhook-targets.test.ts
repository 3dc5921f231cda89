import { postMessage } from '@keyward/server/webhooks/delivery/post-message';
import { BlockedTarget, resolveTarget } from '@keyward/server/webhooks/delivery/resolve-target';
import { isAllowedAddress, isPublicAddress, requireTarget } from '@keyward/server/webhooks/targets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  loopback,
  startRawReceiver,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';

/** Every range that is not the public internet, and every form that an address can hide in. */
const forbidden: Record<string, readonly string[]> = {
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  'link-local': ['169.254.0.1', 'fe80::1', 'febf::1'],
  metadata: [
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '168.63.129.16',
    'fd00:ec2::254',
  ],
  shared: ['100.64.0.1', '100.127.255.255'],
  special: ['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1'],
  multicast: ['224.0.0.1', '255.255.255.255', 'ff02::1'],
  mapped: ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::ffff:169.254.169.254'],
  compatible: ['::127.0.0.1', '::8.8.8.8', '::a9fe:a9fe'],
  translated: ['::ffff:0:127.0.0.1'],
  NAT64: ['64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1'],
  '6to4': ['192.88.99.1', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:808:808::'],
  Teredo: ['2001:0:1234::1'],
  'site-local': ['fec0::1'],
  documentation: ['2001:db8::1', '3fff::1'],
  zoned: ['fe80::1%eth0', '2606:4700::1111%eth0'],
  none: ['', 'localhost', '0x7f.1', '2130706433', '127.1', '1.2.3.4 '],
};

const open = ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'];

describe('an address', () => {
  test.each(Object.entries(forbidden))('that is %s is not public', (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  test('of the public internet is', () => {
    expect(open.filter(isPublicAddress)).toEqual(open);
  });

  test('that the operator allows is allowed, and its neighbour is not', () => {
    for (const isEncrypted of [true, false]) {
      expect(isAllowedAddress('10.1.2.3', ['10.1.0.0/16'], isEncrypted)).toBe(true);
      expect(isAllowedAddress('10.2.0.1', ['10.1.0.0/16'], isEncrypted)).toBe(false);
      expect(isAllowedAddress('fd00::1', ['fd00::/64'], isEncrypted)).toBe(true);
      expect(isAllowedAddress('8.8.8.8', [], isEncrypted)).toBe(isEncrypted);
    }
  });
});

const codeOf = (text: string, allowed: readonly string[] = []) => {
  try {
    return requireTarget(text, allowed);
  } catch (error) {
    return String(error).replace(/:.*/s, '');
  }
};

describe('the URL of a webhook', () => {
  test.each([
    // Decimal, octal, hex, short and mixed forms of 127.0.0.1 and 169.254.169.254.
    ...['2130706433', '0177.0.0.1', '0x7f.0.0.1', '0x7f000001', '127.1', '0x7f.1', '017700000001'],
    ...['2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.43518', '169.254.169.254'],
    ...['[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::a9fe:a9fe]'],
    ...[
      '[2002:a9fe:a9fe::]',
      '[fe80::1]',
      '[fd00:ec2::254]',
      '[::]',
      '0',
      '10.0.0.1',
      '１２７.0.0.1',
    ],
  ])('with the host %s is refused', (host) => {
    expect(codeOf(`https://${host}/`)).toBe('DomainError');
    expect(codeOf(`https://${host}:8443/a?b`)).toBe('DomainError');
    expect(codeOf(`http://${host}/`)).toBe('DomainError');
  });

  test.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'example.com',
    'https://',
    'https://user:password@example.com/',
    'https://exa mple.com/',
    'https://[::1%25eth0]/',
    'https://localhost/',
    'https://LOCALHOST:8443/a',
    'https://api.localhost./',
    '',
  ])('%s is refused', (text) => {
    expect(codeOf(text)).toBe('DomainError');
  });

  test('by https on the public internet is kept, without its fragment', () => {
    expect(codeOf('https://Example.com/hooks?a=1#b')).toBe('https://example.com/hooks?a=1');
    expect(codeOf(' https://8.8.8.8:8443/x ')).toBe('https://8.8.8.8:8443/x');
  });

  test('by http is for what the operator allows', () => {
    expect(codeOf('http://10.0.0.1/', ['10.0.0.0/8'])).toBe('http://10.0.0.1/');
    expect(codeOf('http://11.0.0.1/', ['10.0.0.0/8'])).toBe('DomainError');
    expect(codeOf('https://11.0.0.1/', ['10.0.0.0/8'])).toBe('https://11.0.0.1/');
    expect(codeOf('http://192.168.0.1/', ['10.0.0.0/8'])).toBe('DomainError');
    expect(codeOf('http://hooks.internal/', ['10.0.0.0/8'])).toBe('http://hooks.internal/');
  });
});

describe('before a connection', () => {
  const resolveTo =
    (...addresses: string[]) =>
    async () =>
      addresses;

  test.each(Object.entries(forbidden))(
    'a name that leads to %s is blocked',
    async (_, addresses) => {
      for (const address of addresses) {
        for (const answers of [[address], ['8.8.8.8', address]]) {
          const rules = { allowed: [], resolve: resolveTo(...answers) };
          await expect(resolveTarget(new URL('https://a.example/'), rules)).rejects.toThrow(
            BlockedTarget,
          );
        }
      }
    },
  );

  test('a name without TLS is blocked outside of what is allowed, even on the public internet', async () => {
    const rules = { allowed: loopback, resolve: resolveTo('8.8.8.8') };
    await expect(resolveTarget(new URL('http://a.example/'), rules)).rejects.toThrow(BlockedTarget);
  });

  test('a name with public addresses leads to all of them', async () => {
    const rules = { allowed: [], resolve: resolveTo('8.8.8.8', '2606:4700::1111') };
    expect(await resolveTarget(new URL('https://a.example/'), rules)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
  });
});

describe('a message', () => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver[Symbol.asyncDispose]());
  const limits = { timeoutMilliseconds: 3_000 };
  const post = (url: string) => ({ url, headers: { 'webhook-id': 'evt_1' }, body: '{"é":1}' });
  const never = async () => {
    throw new Error('Nobody should ask.');
  };

  test('is posted to the address that was checked, under the name that was asked for', async () => {
    const url = `http://hooks.example:${receiver.port}/in?a=1`;
    const rules = { allowed: loopback, resolve: async () => ['127.0.0.1'] };
    const answer = await postMessage(post(url), rules, limits);
    expect(answer).toMatchObject({ statusCode: 204, error: null, isBlocked: false });
    expect(receiver.received.at(-1)).toMatchObject({
      body: '{"é":1}',
      headers: {
        host: `hooks.example:${receiver.port}`,
        'content-length': '8',
        'webhook-id': 'evt_1',
      },
    });
  });

  test('reaches no name that rebinds: it is asked once, and the checked answer is dialled', async () => {
    const before = receiver.connections();
    const answers = [['127.0.0.2'], ['127.0.0.1'], ['127.0.0.1']];
    let asked = 0;
    const resolve = async () => answers[asked++] ?? [];
    // The first answer is allowed and nobody listens there; the later ones would reach the receiver.
    const url = `http://rebinds.example:${receiver.port}/`;
    const answer = await postMessage(post(url), { allowed: ['127.0.0.2/32'], resolve }, limits);
    expect(asked).toBe(1);
    expect(answer).toMatchObject({ statusCode: null, error: expect.stringContaining('refused') });
    // And where the name leads there at once, nothing is dialled.
    const blocked = await postMessage(post(url), { allowed: ['127.0.0.2/32'], resolve }, limits);
    expect(blocked).toMatchObject({ statusCode: null, isBlocked: true });
    expect(receiver.connections()).toBe(before);
  });

  test.each(['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0'])(
    'to %s opens no connection',
    async (host) => {
      const before = receiver.connections();
      for (const scheme of ['http', 'https']) {
        const url = `${scheme}://${host}:${receiver.port}/`;
        const answer = await postMessage(post(url), { allowed: [], resolve: never }, limits);
        expect(answer).toMatchObject({ statusCode: null, isBlocked: true });
        expect(answer.error).toMatch(/^Blocked: /);
      }
      expect(receiver.connections()).toBe(before);
    },
  );

  const allowed = { allowed: loopback, resolve: never };

  test.each([301, 302, 303, 307, 308])('that is answered %i is not sent on', async (status) => {
    await using other = await startReceiver();
    for (const location of [other.url, 'http://169.254.169.254/latest/meta-data/']) {
      receiver.answer = (response) => void response.writeHead(status, { location }).end();
      const answer = await postMessage(post(receiver.url), allowed, limits);
      expect(answer).toMatchObject({
        statusCode: status,
        error: expect.stringContaining('redirect'),
      });
    }
    expect(other.connections()).toBe(0);
  });

  test('to a receiver that switches protocols has an end, and no answer', async () => {
    await using server = await startRawReceiver(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    const answer = await postMessage(post(server.url), allowed, limits);
    expect(answer).toMatchObject({
      statusCode: null,
      error: 'The receiver broke off the connection.',
    });
  });

  test('waits no longer than its time, for an answer or for its end', async () => {
    receiver.answer = () => {};
    const short = { timeoutMilliseconds: 300 };
    const hangs = await postMessage(post(receiver.url), allowed, short);
    expect(hangs).toMatchObject({
      statusCode: null,
      error: expect.stringContaining('0.3 seconds'),
    });
    receiver.answer = (response) => void response.writeHead(200).write('begins');
    const dribbles = await postMessage(post(receiver.url), allowed, short);
    expect(dribbles).toMatchObject({ statusCode: 200, error: null });
    expect(dribbles.durationMs).toBeLessThan(2_000);
    const silent = { allowed: loopback, resolve: () => new Promise<string[]>(() => {}) };
    const unresolved = await postMessage(post('http://silent.example/'), silent, short);
    expect(unresolved.error).toContain('0.3 seconds');
  });

  test('reads no more of an answer than it can use', async () => {
    let sent = 0;
    receiver.answer = (response) => {
      const flood = () => {
        while (!response.destroyed && sent < 200_000_000) {
          sent += 65_536;
          if (!response.write(Buffer.alloc(65_536, 'x'))) {
            response.once('drain', flood);
            return;
          }
        }
      };
      response.writeHead(200);
      flood();
    };
    const answer = await postMessage(post(receiver.url), allowed, limits);
    expect(answer).toMatchObject({ statusCode: 200, response: 'x'.repeat(1_024) });
    expect(sent).toBeLessThan(20_000_000);
  });

  test('tells a refused connection and an unknown name in words', async () => {
    const nobody = await postMessage(post('http://127.0.0.1:1/'), allowed, limits);
    expect(nobody.error).toBe('The receiver refused the connection.');
    const resolve = async () => {
      throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    };
    const unknown = await postMessage(post('https://a.example/'), { allowed: [], resolve }, limits);
    expect(unknown.error).toBe('The name of the receiver cannot be resolved.');
  });
});
