import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What happens to the traffic: `pass` lets it through; `cut` resets every connection, old and new;
 * `black-hole` keeps connections open and drops what is sent; `delay` passes it on late.
 */
export type FaultMode = 'pass' | 'cut' | 'black-hole' | 'delay';

export interface FaultProxy extends AsyncDisposable {
  /** Like the URL that was given, through the proxy. */
  url: string;
  /** @param delayMilliseconds of each chunk and each way, in mode `delay`. */
  set(mode: FaultMode, delayMilliseconds?: number): void;
  /** How many connections are open now. */
  connections(): number;
}

/** A TCP proxy before a server, such as PostgreSQL, whose network fails as a test says. */
export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const state: { mode: FaultMode; delayMilliseconds: number } = {
    mode: 'pass',
    delayMilliseconds: 0,
  };

  const server = createServer((client) => {
    if (state.mode === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(target.port || 5432), target.hostname.replace(/^\[|\]$/g, ''));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => forward(state, to, () => to.write(chunk)));
      from.on('end', () => forward(state, to, () => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        // What was sent before has its way through first.
        forward(state, to, () => to.destroySoon());
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  // A server that listens on a port has an address with one.
  url.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: url.href,
    set(mode, delayMilliseconds = 0) {
      Object.assign(state, { mode, delayMilliseconds });
      if (mode === 'cut') cut();
    },
    connections: () => sockets.size / 2,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}

function forward(
  { mode, delayMilliseconds }: { mode: FaultMode; delayMilliseconds: number },
  to: Socket,
  pass: () => void,
): void {
  if (mode === 'black-hole') return;
  if (mode === 'delay') {
    setTimeout(() => void (to.destroyed || pass()), delayMilliseconds);
    return;
  }
  if (!to.destroyed) pass();
}
