import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createLateLane, type LateLane } from './late-lane.ts';

/**
 * What happens to the traffic: `pass` lets it through; `cut` resets every connection, old and new;
 * `black-hole` keeps connections open and holds what is sent, as a network does whose packets are lost
 * and sent again later; `delay` passes it on late.
 */
export type FaultMode = 'pass' | 'cut' | 'black-hole' | 'delay';

/** By how many milliseconds a connection is late, each way. */
export interface Lateness {
  request: number;
  response: number;
}

export interface FaultProxy extends AsyncDisposable {
  /** Like the URL that was given, through the proxy. */
  url: string;
  /** @param delayMilliseconds of each chunk and each way, in mode `delay`. */
  set(mode: FaultMode, delayMilliseconds?: number): void;
  /**
   * Makes each connection late by its own measure.
   * @param pick is told what the client calls itself: `keyward lease`, or `keyward` of the pool.
   */
  delay(pick: (applicationName: string) => Lateness): void;
  /**
   * Calls back before each chunk that a client sends is passed on.
   * @param heed is told what the client calls itself.
   */
  watch(heed: (applicationName: string) => void): void;
  /** Where new connections lead from now on. */
  redirect(targetUrl: string): void;
  /** How many connections are open now. */
  connections(): number;
}

interface State {
  mode: FaultMode;
  pick: (applicationName: string) => Lateness;
  /** Counts the changes of `pick`: each connection asks it once. */
  picks: number;
  heed: (applicationName: string) => void;
}

const onTime: Lateness = { request: 0, response: 0 };

/** A TCP proxy before a server, such as PostgreSQL, whose network fails as a test says. */
export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  let target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const lanes = new Set<LateLane>();
  const state: State = { mode: 'pass', pick: () => onTime, picks: 0, heed: () => {} };

  const server = createServer((client) => {
    if (state.mode === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const port = Number(target.port || 5432);
    const upstream = connect(port, target.hostname.replace(/^\[|\]$/g, ''));
    const readName = createNameReader();
    const lateness = createLateness(state, readName);
    for (const [from, to, way] of [
      [client, upstream, 'request'],
      [upstream, client, 'response'],
    ] as const) {
      const lane = createLateLane(() => state.mode === 'black-hole');
      lanes.add(lane);
      sockets.add(from);
      from.setNoDelay(true);
      const pass = (action: () => void, chunk?: Buffer) =>
        lane.push(lateness(chunk)[way], () => void (to.destroyed || action()));
      from.on('data', (chunk: Buffer) => {
        if (way === 'request') state.heed(readName(chunk));
        pass(() => to.write(chunk), chunk);
      });
      from.on('end', () => pass(() => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        lanes.delete(lane);
        // What was sent before has its way through first.
        pass(() => to.destroySoon());
      });
      to.on('close', () => lane.clear());
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
  const change = (changes: Partial<State>) => {
    Object.assign(state, changes, { picks: state.picks + 1 });
    if (state.mode === 'cut') cut();
    for (const lane of lanes) lane.pump();
  };
  return {
    url: url.href,
    set: (mode, late = 0) =>
      change({ mode, pick: () => (mode === 'delay' ? { request: late, response: late } : onTime) }),
    delay: (pick) => change({ mode: 'delay', pick }),
    watch(heed) {
      state.heed = heed;
    },
    redirect(to) {
      target = new URL(to);
    },
    connections: () => sockets.size / 2,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}

/** Returns what says how late a connection is. */
function createLateness(
  state: State,
  readName: (chunk?: Buffer) => string,
): (chunk?: Buffer) => Lateness {
  let picked = onTime;
  let picks = -1;
  return (chunk) => {
    const name = readName(chunk);
    if (picks !== state.picks) {
      picks = state.picks;
      picked = state.pick(name);
    }
    return picked;
  };
}

/** Returns what says how a client calls itself. Its first chunk is the one that tells. */
function createNameReader(): (chunk?: Buffer) => string {
  let name: string | undefined;
  return (chunk) => {
    name ??= chunk && (/application_name\0([^\0]*)\0/.exec(chunk.toString('latin1'))?.[1] ?? '');
    return name ?? '';
  };
}
