import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}

export interface WebhookReceiver extends AsyncDisposable {
  url: string;
  port: number;
  /** Every request, in the order it came. */
  received: Received[];
  /** Connections that were opened, with a request or without. */
  connections(): number;
  /** How it answers from now on; at first with 204. */
  answer: (response: ServerResponse, request: Received) => void;
}

/** Loopback, where a test's receivers listen: an operator would have to allow it. */
export const loopback = ['127.0.0.0/8'];

/** A real receiver of webhooks, on a port of its own. */
export async function startReceiver(): Promise<WebhookReceiver> {
  let connections = 0;
  const receiver = {
    received: [] as Received[],
    answer: (response: ServerResponse) => void response.writeHead(204).end(),
  } as unknown as WebhookReceiver;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const received = {
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      at: Date.now(),
    };
    receiver.received.push(received);
    receiver.answer(response, received);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Answers whatever it is sent with these bytes. */
export async function startRawReceiver(
  answer: string,
): Promise<Pick<WebhookReceiver, 'url'> & AsyncDisposable> {
  const server = createSocketServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
