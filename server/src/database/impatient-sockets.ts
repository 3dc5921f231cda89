import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Options } from 'postgres';

/** Transactions within transactions: none of ours goes deeper. */
const deepestTransaction = 4;

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
    const opened = Object.assign(new QuietlyEndingSocket(), { host: name });
    opened.setTimeout(silenceMilliseconds, () => opened.destroy());
    return path ? opened.connect(path) : opened.connect(port[index] ?? 5432, name);
  };
  return { socket } as Options<Record<string, never>>;
}

/**
 * A connection that once stood ends by a close, before which it reports that it is lost, again and again.
 * Of postgres.js 3.4 a query that is sent between an error and the close after it never hears of it, unless
 * the close comes without an error; and one that is sent at the close ends the process. A transaction that
 * fails sends its rollback at once, and so does the one around it.
 */
class QuietlyEndingSocket extends Socket {
  #stood = false;
  #isEnding = false;

  constructor() {
    super();
    this.once('connect', () => {
      this.#stood = true;
    });
  }

  override destroy(error?: Error): this {
    return super.destroy(this.#stood ? undefined : error);
  }

  override emit(event: string | symbol, ...details: unknown[]): boolean {
    if (event !== 'close' || !this.#stood) {
      return super.emit(event, ...details);
    }
    if (!this.#isEnding) {
      this.#isEnding = true;
      void this.#end();
    }
    return true;
  }

  async #end(): Promise<void> {
    for (let rollbacks = 0; rollbacks <= deepestTransaction; rollbacks += 1) {
      const lost = new Error('The connection to the database is lost.');
      if (this.listenerCount('error') > 0) {
        super.emit('error', Object.assign(lost, { code: 'CONNECTION_CLOSED' }));
      }
      // What is sent now is written by postgres.js at the next turn, to a socket that takes it no more.
      await nextTurn();
      await nextTurn();
    }
    super.emit('close', false);
  }
}
