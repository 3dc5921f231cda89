import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type RestAnswer, restClient } from './rest-client.ts';
import { startTestKeyward, type TestKeyward } from './test-keyward.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type ExampleName = 'hilt' | 'hitkeep' | 'hitl' | 'h0p' | 'heir';

export interface RunningExample extends AsyncDisposable {
  url: string;
  credentials: Record<string, string>;
  process: ChildProcess;
  /** What it has printed on standard error. */
  log(): string;
  /** Resolves with its exit code and all that it printed on standard output. */
  ended: Promise<{ code: number | null; stdout: string }>;
}

/** Starts an example as its user does, and waits for its line of JSON. */
export async function startExample(
  name: string,
  environment: Record<string, string>,
  command: 'npm' | 'node' = 'node',
): Promise<RunningExample> {
  const args =
    command === 'npm'
      ? ['npm', 'run', '--silent', 'example', '--', name]
      : [process.execPath, 'examples/run.ts', name];
  const child = spawn(args[0] ?? '', args.slice(1), {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ended = Promise.all([exit, text(child.stdout)]).then(([code, stdout]) => ({
    code,
    stdout,
  }));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void exit.then((code) => reject(new Error(`${name} ended with ${code}:\n${log}`)));
  });
  return {
    ...(JSON.parse(line) as Pick<RunningExample, 'url' | 'credentials'>),
    process: child,
    log: () => log,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A key as Keyward knows it, in an operator's hands. */
export interface HeldKey {
  id: string;
  organizationId: string;
  /** Calls Keyward within the organization of the key. */
  call(method: string, path: string, body?: unknown): Promise<RestAnswer>;
}

export interface ExampleStage extends AsyncDisposable {
  keyward: TestKeyward;
  example: RunningExample;
  /** Stands between the example and Keyward. */
  proxy: FaultProxy;
  environment: Record<string, string>;
  /** Finds the key that a secret belongs to. */
  find(secret: string): Promise<HeldKey>;
}

/** A real Keyward and an example on it, with a network between them that a test can break. */
export async function stageExample(
  name: ExampleName,
  command?: 'npm' | 'node',
): Promise<ExampleStage> {
  await using started = new AsyncDisposableStack();
  const keyward = started.use(await startTestKeyward());
  const proxy = started.use(await startFaultProxy(keyward.url));
  const environment = { KEYWARD_URL: proxy.url, KEYWARD_KEY: keyward.bootstrap.secret, PORT: '' };
  const example = started.use(await startExample(name, environment, command));
  const operator = restClient(keyward.url, keyward.bootstrap.secret);
  const stack = started.move();
  return {
    keyward,
    example,
    proxy,
    environment,
    async find(secret) {
      const { body } = await operator('POST', '/v1/keys/verify', {
        body: { key: secret, cost: 0 },
      });
      expect(body.key, body.code).toBeDefined();
      const organizationId: string = body.organization.id;
      const headers = { 'X-Keyward-Organization': organizationId };
      return {
        id: body.key.id,
        organizationId,
        call: (method, path, sent) => operator(method, path, { headers, body: sent }),
      };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
