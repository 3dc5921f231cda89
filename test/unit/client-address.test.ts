import { clientAddress } from '@keyward/server/http/client-address';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const proxies = ['10.0.0.0/8', '2001:db8:1::/48'];
const proxy = '10.1.2.3';
const client = '203.0.113.9';
const victim = '198.51.100.7';

const behind = (forwardedFor: string | undefined, trusted: readonly string[] = proxies) =>
  clientAddress(proxy, forwardedFor, trusted);

describe('without a trusted proxy', () => {
  test('the address is the socket’s', () => {
    expect(clientAddress(client, undefined, proxies)).toBe(client);
    expect(clientAddress('::1', undefined, [])).toBe('::1');
  });

  test('13: X-Forwarded-For from an untrusted socket is ignored, whatever it says', () => {
    for (const header of [victim, `${victim}, ${proxy}`, '', 'garbage', '127.0.0.1']) {
      expect(clientAddress(client, header, proxies)).toBe(client);
      expect(clientAddress(client, header, [])).toBe(client);
    }
  });

  test('a request without a socket address has none', () => {
    expect(clientAddress(undefined, undefined, proxies)).toBeNull();
    expect(clientAddress(undefined, victim, ['0.0.0.0/0', '::/0'])).toBeNull();
  });
});

describe('behind trusted proxies', () => {
  test('the client is what the proxy wrote', () => {
    expect(behind(client)).toBe(client);
    expect(behind('2001:DB8:9::1')).toBe('2001:db8:9::1');
  });

  test('the header is read from the right: the first address that is no proxy is the client', () => {
    expect(behind(`${client}, 10.9.9.9`)).toBe(client);
    expect(behind(`${client},10.9.9.9,2001:db8:1::5`)).toBe(client);
    expect(behind(`  ${client}  ,  10.9.9.9  `)).toBe(client);
  });

  test('what the client wrote itself, left of its own address, is ignored', () => {
    expect(behind(`${victim}, ${client}`)).toBe(client);
    expect(behind(`127.0.0.1, ${victim}, ${client}, 10.9.9.9`)).toBe(client);
    expect(behind(`garbage, ${client}`)).toBe(client);
    expect(behind(`, ,${client}`)).toBe(client);
  });

  test('13: a spoofed header never makes the client another than the one that the proxy saw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (spoofed) => {
        expect(behind(`${spoofed}, ${client}`)).toBe(client);
      }),
      { seed: 20_260_615, numRuns: 500 },
    );
  });

  test('where all are proxies, the leftmost is the client', () => {
    expect(behind('10.5.5.5, 10.6.6.6')).toBe('10.5.5.5');
    expect(behind(undefined)).toBe(proxy);
  });

  test('a hop that is no address leaves the client unknown, whatever stands left of it', () => {
    for (const hop of [
      'unknown',
      '_hidden',
      '203.0.113.9:4711',
      '[2001:db8::1]:80',
      '0313.0.113.9',
      '',
    ]) {
      expect(behind(`${victim}, ${hop}`), hop).toBeNull();
      expect(behind(`${victim}, ${hop}, 10.9.9.9`), hop).toBeNull();
    }
  });
});

describe('IPv4-mapped addresses', () => {
  test('13: a mapped socket is trusted as the proxy that it is', () => {
    expect(clientAddress('::ffff:10.1.2.3', client, proxies)).toBe(client);
    expect(clientAddress('::ffff:203.0.113.9', victim, proxies)).toBe(client);
  });

  test('13: a mapped hop is the IPv4 address that it is, as a proxy and as the client', () => {
    expect(behind(`${client}, ::ffff:10.9.9.9`)).toBe(client);
    expect(behind('::ffff:203.0.113.9')).toBe(client);
  });

  test('a trusted range may be written as mapped', () => {
    expect(behind(client, ['::ffff:10.0.0.0/104'])).toBe(client);
    expect(clientAddress('11.1.2.3', victim, ['::ffff:10.0.0.0/104'])).toBe('11.1.2.3');
  });
});
