import { connect } from 'node:net';

export interface Answer {
  status: number;
  /** Byte for byte, each as one Latin-1 character: enough to look for ASCII in it. */
  body: string;
  /** From the request's write until its last byte came. */
  milliseconds: number;
}

/** A kept-alive connection with one request under way at a time. */
export interface Connection {
  /** Sends a whole request of HTTP/1.1; its answer comes to `onAnswer`. */
  send(request: string): void;
  close(): void;
}

interface Ears {
  onAnswer(answer: Answer): void;
  onError(error: Error): void;
}

/**
 * Opens a connection. It reads no more of HTTP than it needs: on a small machine, the processor's time that
 * a general client takes for its own is taken from the server that is measured.
 */
export function openConnection(url: string, ears: Ears): Promise<Connection> {
  const { hostname, port } = new URL(url);
  let received = '';
  let sentAt = 0;
  let isClosing = false;
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received = received === '' ? chunk : received + chunk;
    const end = answerEnd(received);
    if (end === null) {
      return;
    }
    if (Number.isNaN(end.bodyEnd)) {
      ears.onError(new Error(`An answer came without Content-Length:\n${received.slice(0, 500)}`));
      return;
    }
    const answer = {
      status: Number(received.slice(9, 12)),
      body: received.slice(end.bodyStart, end.bodyEnd),
      milliseconds: performance.now() - sentAt,
    };
    received = received.slice(end.bodyEnd);
    ears.onAnswer(answer);
  });
  socket.on('error', ears.onError);
  socket.on('close', () => {
    if (!isClosing) ears.onError(new Error('The server closed a connection under load.'));
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve({
        send(request) {
          sentAt = performance.now();
          socket.write(request, 'latin1');
        },
        close() {
          isClosing = true;
          socket.destroy();
        },
      }),
    );
  });
}

/** Where the body begins and ends, NaN for no stated end; null while a part of it is still to come. */
function answerEnd(received: string): { bodyStart: number; bodyEnd: number } | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) {
    return null;
  }
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd))?.[1];
  const bodyStart = headEnd + 4;
  const bodyEnd = bodyStart + Number(length);
  return received.length < bodyEnd ? null : { bodyStart, bodyEnd };
}
