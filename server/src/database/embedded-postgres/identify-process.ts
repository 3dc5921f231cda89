import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Names a live process so that no later process can be mistaken for it: `<pid>-<start time>`.
 * Null for a pid that nobody has, and for a zombie, which holds its pid but runs no more.
 */
export async function identifyProcess(pid: number): Promise<string | null> {
  const startTime = process.platform === 'linux' ? await readProcStat(pid) : await askPs(pid);
  return startTime === null ? null : `${pid}-${startTime}`;
}

/** Whether the process that {@link identifyProcess} once named still runs. */
export async function isProcessAlive(identity: string): Promise<boolean> {
  const pid = Number.parseInt(identity, 10);
  return pid > 0 && (await identifyProcess(pid)) === identity;
}

/** The command line of a live process, joined by spaces; null when there is none to read. */
export async function readCommandLine(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text === '' ? null : text.replaceAll('\0', ' ');
  }
  const text = await ps(pid, '-ww', '-o', 'args=');
  return text === null ? null : `${text} `;
}

/** Start time in clock ticks since boot: field 22 of proc_pid_stat(5). */
async function readProcStat(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command's name may hold spaces and parentheses, so fields are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return startTicks === undefined || state === 'Z' || state === 'X' ? null : startTicks;
}

/** Start time in milliseconds of the epoch, to the second: what macOS tells of a process. */
async function askPs(pid: number): Promise<string | null> {
  const line = await ps(pid, '-o', 'stat=', '-o', 'lstart=');
  const [, state, started] = /^(\S+)\s+(.+)$/.exec(line ?? '') ?? [];
  if (state === undefined || started === undefined || state.startsWith('Z')) return null;
  const milliseconds = Date.parse(`${started} UTC`);
  return Number.isNaN(milliseconds) ? null : String(milliseconds);
}

async function ps(pid: number, ...format: string[]): Promise<string | null> {
  const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
  const output = await run('ps', ['-p', String(pid), ...format], { env }).catch(() => null);
  return output?.stdout.trim() || null;
}
