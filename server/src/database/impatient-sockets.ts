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
    const opened = Object.assign(new Socket(), { host: name });
    opened.setTimeout(silenceMilliseconds, () => {
      opened.destroy(Object.assign(new Error('The database fell silent.'), { code: 'ETIMEDOUT' }));
    });
    return path ? opened.connect(path) : opened.connect(port[index] ?? 5432, name);
  };
  return { socket } as Options<Record<string, never>>;
}
