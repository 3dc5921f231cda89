import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const maximumBytes = 8 * 1024 * 1024;
const checkMilliseconds = 10 * 60 * 1000;
const tailLines = 15;

/** The file that takes all that PostgreSQL writes. It starts again from empty at 8 MiB. */
export interface ServerLog {
  path: string;
  descriptor: number;
  /** The last lines written since the log was opened. */
  tail(): string;
  close(): void;
}

/** Opens postgres.log in a folder, for appending. */
export function openServerLog(folder: string): ServerLog {
  const path = join(folder, 'postgres.log');
  const descriptor = openSync(path, 'a+', 0o600);
  const bound = () => {
    if (fstatSync(descriptor).size > maximumBytes) ftruncateSync(descriptor);
  };
  bound();
  const openedAt = fstatSync(descriptor).size;
  // The server appends, so cutting the file under it is safe: it writes on at the new end.
  const timer = setInterval(bound, checkMilliseconds).unref();

  return {
    path,
    descriptor,
    tail() {
      const { size } = fstatSync(descriptor);
      const start = Math.max(size - 16_384, size < openedAt ? 0 : openedAt);
      const buffer = Buffer.alloc(size - start);
      const length = readSync(descriptor, buffer, 0, buffer.length, start);
      const text = buffer.toString('utf8', 0, length).trimEnd();
      return text.split('\n').slice(-tailLines).join('\n');
    },
    close() {
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
