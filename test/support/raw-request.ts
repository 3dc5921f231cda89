import { request } from 'node:http';
import type { RestAnswer } from './rest-client.ts';

export interface RawCall {
  method?: string;
  /** Sent as it is written. */
  path: string;
  /** Sent as they are written and in this order: a name may stand twice. */
  headers?: readonly (readonly [name: string, value: string])[];
  body?: string | Uint8Array;
}

/** A request byte for byte as it is given, which fetch would mend, merge or refuse to send. */
export function sendRaw(
  url: string,
  { method = 'GET', path, headers = [], body }: RawCall,
): Promise<RestAnswer> {
  const { hostname, port, host } = new URL(url);
  const length = body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        method,
        path,
        agent: false,
        headers: ['Host', host, 'Connection', 'close', ...length, ...headers.flat()],
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const received = new Headers();
          for (let index = 0; index < response.rawHeaders.length; index += 2) {
            received.append(response.rawHeaders[index] ?? '', response.rawHeaders[index + 1] ?? '');
          }
          const isJson = /[/+]json/.test(received.get('content-type') ?? '') && text !== '';
          resolve({
            status: response.statusCode ?? 0,
            headers: received,
            body: isJson ? JSON.parse(text) : undefined,
            text,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
