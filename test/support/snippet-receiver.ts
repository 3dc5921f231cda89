import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

export interface SnippetReceiver extends AsyncDisposable {
  /** The status that it answers with; null while it does not listen yet. */
  post(path: string, body: string, headers: Record<string, string>): Promise<number | null>;
  /** All that it has printed. */
  output(): string;
}

/** A receiver of webhooks as the console gives it to copy, run as it stands. */
export async function runSnippet(code: string, secret: string): Promise<SnippetReceiver> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    // Where the packages are that it imports.
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, KEYWARD_WEBHOOK_SECRET: secret, PORT: String(port) },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return {
    output: () => output,
    async post(path, body, headers) {
      const url = `http://127.0.0.1:${port}${path}`;
      const answer = await fetch(url, { method: 'POST', body, headers }).catch(() => null);
      return answer?.status ?? null;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      if (child.kill()) await ended;
    },
  };
}
