import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

interface Streamed {
  status: number;
  headers: Readonly<Record<string, string>>;
  chunks: AsyncIterable<string>;
}

/**
 * Sends text as it comes, no faster than it is read. What fails before the first chunk is thrown, so that
 * it can still be refused; what fails later ends the connection, so that nobody takes a part for the whole.
 * Whoever goes away stops the work.
 */
export async function sendStream(
  response: ServerResponse,
  { status, headers, chunks }: Streamed,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers });
  try {
    await pipeline(Readable.from(goOn(first, iterator)), response);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && isAboutReader(error.code);
    if (!isGone) {
      onFailure(error);
    }
  }
}

const isAboutReader = (code: unknown): boolean =>
  code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';

async function* goOn(
  first: IteratorResult<string>,
  iterator: AsyncIterator<string>,
): AsyncGenerator<string> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) {
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
