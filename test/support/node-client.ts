import { Agent, request } from 'node:http';

export interface NodeAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // Tests look into answers of every shape.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
}

export interface NodeCall {
  secret?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Calls of a node over connections that stay open, so that a stopped one has them in its sockets at once. */
export type NodeClient = (method: string, path: string, call?: NodeCall) => Promise<NodeAnswer>;

/** Longer than any answer may take: what is not answered by then never will be. */
const patienceMilliseconds = 20_000;

/** @param findUrl of the node: it changes when the node is started again. */
export function createNodeClient(findUrl: () => string, agent: Agent): NodeClient {
  return (method, path, { secret = null, headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const outgoing = request(
        `${findUrl()}${path}`,
        {
          method,
          agent,
          headers: {
            ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }),
            ...(body === undefined
              ? {}
              : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
            ...headers,
          },
        },
        (incoming) => {
          let answer = '';
          incoming.setEncoding('utf8');
          incoming.on('data', (chunk) => {
            answer += chunk;
          });
          incoming.on('error', reject);
          incoming.on('end', () => {
            const isJson = /json/.test(incoming.headers['content-type'] ?? '');
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: isJson ? JSON.parse(answer) : answer,
            });
          });
        },
      );
      outgoing.setTimeout(patienceMilliseconds, () =>
        outgoing.destroy(new Error(`${method} ${path}: no answer for ${patienceMilliseconds} ms`)),
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });
}

export const keptOpen = (): Agent => new Agent({ keepAlive: true, maxSockets: 256 });
