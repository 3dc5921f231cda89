import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patienceMilliseconds = 25_000;

export interface CommandEnd {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Served {
  process: ChildProcess & { pid: number };
  url: string;
  /** All that it has printed. */
  output(): string;
  /** Resolves with the exit code; rejects when it does not end. */
  ended(): Promise<number | null>;
}

/** A data directory and a port, for Keyward started as its user starts it. */
export async function createInstallation(settings: Record<string, string> = {}) {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'keyward-data-'));
  // PostgreSQL refuses root, and its account then has to get into this folder.
  await chmod(dataDirectory, 0o755);
  const port = await freePort();
  const environment = {
    ...process.env,
    KEYWARD_DATA_DIR: dataDirectory,
    PORT: String(port),
    DATABASE_URL: '',
    ...settings,
  };
  const started: Served[] = [];
  return {
    port,
    dataDirectory,
    environment,
    /** Runs `npm start`, `npm run serve` and the like, and waits until it answers. */
    async start(...command: [string, ...string[]]): Promise<Served> {
      const served = await serve(command, environment, `http://127.0.0.1:${port}`);
      started.push(served);
      return served;
    },
    bootstrap: (email = 'ada@example.com') =>
      run(
        'npm',
        ['run', '--silent', 'keyward', '--', 'bootstrap'].concat([
          '--email',
          email,
          '--password',
          'correct horse',
          '--organization',
          'Acme',
        ]),
        environment,
      ),
    /** The process id of the database, or null when none runs. */
    async databasePid(): Promise<number | null> {
      const text = await readFile(
        join(dataDirectory, 'postgresql', 'postmaster.pid'),
        'utf8',
      ).catch(() => '');
      const pid = Number(text.split('\n')[0]);
      return pid > 0 && isAlive(pid) ? pid : null;
    },
    async [Symbol.asyncDispose]() {
      for (const { process: child } of started) {
        for (const pid of [child.pid, ...descendants(child.pid)]) {
          kill(pid, 'SIGKILL');
        }
      }
      await rm(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

async function serve(
  [command, ...args]: [string, ...string[]],
  env: NodeJS.ProcessEnv,
  url: string,
): Promise<Served> {
  // A process group of its own, as a terminal gives each command: Ctrl-C goes to the group.
  const child = spawn(command, args, { cwd: root, env, detached: true, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await until(
    async () => {
      if (child.exitCode !== null) {
        throw new Error(`${command} ended with ${child.exitCode}:\n${output}`);
      }
      return (await fetch(`${url}/readyz`).catch(() => null))?.ok === true;
    },
    `${command} ${args.join(' ')} to answer`,
  ).catch((error) => {
    throw new Error(`${error}\n${output}`);
  });
  if (child.pid === undefined) {
    throw new Error(`${command} did not start.`);
  }
  return {
    process: Object.assign(child, { pid: child.pid }),
    url,
    output: () => output,
    ended: () =>
      Promise.race([
        exit,
        until(() => child.exitCode !== null, 'the process to end').then(() => exit),
      ]),
  };
}

export function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Polls until the condition holds, and says what it waited for when it never does. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const end = performance.now() + patienceMilliseconds;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`Waited in vain for ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Every process that this one started, and those that they started. */
export function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const parents = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  let next = [pid];
  while (next.length > 0) {
    const known = next;
    next = parents.flatMap(([child = 0, parent = 0]) => (known.includes(parent) ? [child] : []));
    found.push(...next);
  }
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('No port was given.');
  }
  return address.port;
}
