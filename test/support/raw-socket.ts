import { connect } from 'node:net';
import type { RestAnswer } from './rest-client.ts';

/** What a server answers to these bytes, until it closes the connection. */
export function sendBytes(url: string, text: string): Promise<RestAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    // What was answered before the connection was cut off counts.
    socket.on('error', (error) => chunks.length === 0 && reject(error));
    socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString())));
  });
}

function parseAnswer(answer: string): RestAnswer {
  const end = answer.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = answer.slice(0, end).split('\r\n');
  const text = answer.slice(end + 4);
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  const isJson = /json/.test(headers.get('content-type') ?? '');
  const status = Number(statusLine.split(' ')[1]);
  return { status, headers, text, body: isJson ? JSON.parse(text) : undefined };
}
