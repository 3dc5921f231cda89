import { Socket } from 'node:net';
import type { Options } from 'postgres';

/** What postgres.js passes to its option `socket`, which its types leave out. */
interface SocketOptions {
  host: string[];
  port: number[];
  /** Of a UNIX socket. */
  path: string | false;
}

/**
 * Sockets that give up a server which has fallen silent. The machine of a database that failed over just
 * vanishes, and the kernel would go on sending to it for a quarter of an hour, with every connection of the
 * pool waiting.
 */
export function impatientSockets(silenceMilliseconds: number): Options<Record<string, never>> {
  let attempts = 0;
  const socket = ({ host, port, path }: SocketOptions): Socket => {
    const index = attempts % host.length;
    attempts += 1;
    const name = host[index] ?? 'localhost';
    // postgres.js reads the host for TLS. What it writes before the connection stands is sent then.
    const opened = Object.assign(new ImpatientSocket(), { host: name });
    opened.setTimeout(silenceMilliseconds);
    return path ? opened.connect(path) : opened.connect(port[index] ?? 5432, name);
  };
  return { socket } as Options<Record<string, never>>;
}

class ImpatientSocket extends Socket {
  constructor() {
    super();
    this.on('timeout', this.giveUp);
  }

  // postgres.js does so before it speaks TLS, and would take our own listener with it.
  override removeAllListeners(event?: string | symbol): this {
    super.removeAllListeners(event);
    return this.on('timeout', this.giveUp);
  }

  private giveUp(): void {
    this.destroy(Object.assign(new Error('The database fell silent.'), { code: 'ETIMEDOUT' }));
  }
}
