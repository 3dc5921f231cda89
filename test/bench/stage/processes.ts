import { type ChildProcess, fork, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.ts';
import { say } from '../report/say.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sides = new URL('../sides/', import.meta.url);
const startMilliseconds = 30_000;
const stopMilliseconds = 15_000;

export interface Server extends AsyncDisposable {
  url: string;
  process: ChildProcess;
}

/** What a side says of itself once it serves. */
export interface SideServer<Told> extends Server {
  told: Told;
}

const living = new Set<ChildProcess>();

/** Kills what still runs of what was started here. */
export function killAll(): void {
  for (const child of living) child.kill('SIGKILL');
}
process.once('exit', killAll);

/** Starts Keyward as `npm run serve` does, on a port of its own, and waits until it holds its lease. */
export async function startKeyward(
  databaseUrl: string,
  options: { workers?: number; nodeArguments?: string[] } = {},
): Promise<Server> {
  const port = await freePort();
  const { workers = 1, nodeArguments = [] } = options;
  // The fourth is for a module of the bench's own that the arguments may name.
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe'];
  if (nodeArguments.length > 0) stdio.push('ipc');
  const child = spawn(process.execPath, [...nodeArguments, 'server/src/main.ts'], {
    cwd: root,
    env: {
      ...environment(),
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      KEYWARD_WORKERS: String(workers),
      // By this it knows that it was started for another process, and ends when that one is gone.
      npm_lifecycle_event: 'bench',
    },
    stdio,
  });
  const server = own(child, `http://127.0.0.1:${port}`);
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-4000);
  });
  child.once('exit', (code, signal) => {
    if (code !== 0 && signal !== 'SIGTERM')
      say(`  Keyward ended with ${code ?? signal}:\n${errors}`);
  });
  const end = performance.now() + startMilliseconds;
  while ((await fetch(`${server.url}/readyz`).catch(() => null))?.ok !== true) {
    if (child.exitCode !== null || performance.now() > end) {
      await server[Symbol.asyncDispose]();
      throw new Error(`Keyward did not start:\n${errors}`);
    }
    await delay(50);
  }
  return server;
}

/** Starts a server of `sides/` and waits until it says where it is. */
export async function startSide<Told>(name: string, options: object): Promise<SideServer<Told>> {
  const child = fork(new URL(`${name}.mjs`, sides), [JSON.stringify(options)], {
    cwd: fileURLToPath(sides),
    env: environment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const server = own(child, '');
  const died = once(child, 'exit').then(() => {
    throw new Error(`The side ${name} ended before it served.`);
  });
  died.catch(() => {});
  const [told] = await Promise.race([once(child, 'message'), died]);
  return { ...server, url: told.url, told };
}

/** Runs a program of Keyward's to its end; what it prints on standard output. */
export async function runKeyward(databaseUrl: string, args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...environment(), DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  living.add(child);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  living.delete(child);
  if (code !== 0) {
    throw new Error(`${args.join(' ')} ended with ${code}.`);
  }
  return output;
}

/** Every side gets the same: production, and nothing that would make one a program of the bench. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, npm_lifecycle_event: __, ...rest } = process.env;
  return { ...rest, NODE_ENV: 'production' };
}

function own(child: ChildProcess, url: string): Server {
  living.add(child);
  const ended = once(child, 'exit').then(() => living.delete(child));
  return {
    url,
    process: child,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds);
      await ended;
      clearTimeout(timer);
    },
  };
}
