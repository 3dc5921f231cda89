import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { type ServerUser, spawnAs } from './find-server-user.ts';
import { serverEnvironment } from './server-settings.ts';

/**
 * Runs "$@" and interrupts it once descriptor 3 reads end of file, which the kernel sends when
 * our process is gone, however it ended. Ends with the status of what it ran.
 */
// SIGINT is repeated, because it is lost on a server too young to have its handlers. Signals for
// the whole group are ignored: the server has to outlive our own draining.
const supervisorScript = `
trap '' HUP INT TERM
"$@" 3<&- &
program=$!
{
  read -r _
  kill -INT "$program"
  while sleep 1 && kill -0 $$; do kill -INT "$program"; done
} <&3 >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$program"
status=$?
kill -KILL "$watcher"
exit "$status"
`;

/** One of PostgreSQL's programs, and the shell that watches over it. */
export interface SupervisedProgram {
  /** Resolves when the program has ended, with a word on how: `status 1` or a signal's name. */
  exited: Promise<string>;
  isRunning(): boolean;
  /** Asks for the end: of a server, by a fast shutdown with a checkpoint. Does not wait. */
  requestStop(): void;
  /** Lets our own process end without waiting for this one, which the supervisor then ends. */
  unref(): void;
}

/** Runs a program under a supervisor in a session of its own, where no Ctrl-C reaches it. */
export function supervisePostgres(
  command: string[],
  user: ServerUser | undefined,
  logDescriptor: number,
): SupervisedProgram {
  const child = spawn('/bin/sh', ['-c', supervisorScript, 'keyward-postgres', ...command], {
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', logDescriptor, logDescriptor, 'pipe'],
    ...spawnAs(user),
  });
  const pipe = child.stdio[3] as Writable & { unref(): void };
  // The pipe breaks when the supervisor ends first; `exited` is where that is told.
  pipe.on('error', () => {});

  let running = true;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, signal) => resolve(signal ?? `status ${status}`));
  }).finally(() => {
    running = false;
    pipe.destroy();
  });
  return {
    exited,
    isRunning: () => running,
    requestStop() {
      child.ref();
      pipe.destroy();
    },
    unref() {
      child.unref();
      pipe.unref();
    },
  };
}
