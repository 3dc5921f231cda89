import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isProcessAlive, readCommandLine } from './identify-process.ts';

/** The setting by which a postmaster carries the identity of the process that it works for. */
export const ownerSetting = 'keyward.owner';

/** A live server of one cluster, as its pid file and the operating system describe it. */
export interface Postmaster {
  pid: number;
  /** Null until the server has written it, in the first instants of its start. */
  port: number | null;
  status: 'starting' | 'ready' | 'stopping';
  /** The launcher, as `identifyProcess` names it; null for a server that Keyward did not start. */
  owner: string | null;
  ownerIsAlive: boolean;
}

/**
 * Finds the live server of a cluster, or null.
 *
 * The pid in postmaster.pid proves nothing: after a crash it may belong to a stranger. So the
 * process itself is asked: its command line names the cluster and its owner, and dies with it.
 */
export async function inspectPostmaster(cluster: string): Promise<Postmaster | null> {
  const pidFile = await readPidFile(cluster);
  const lines = pidFile?.split('\n') ?? [];
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!(pid > 0)) return null;
  const commandLine = await readCommandLine(pid);
  if (commandLine === null || !(await servesCluster(pid, commandLine, cluster))) return null;
  const owner = new RegExp(` ${ownerSetting}=(\\S+) `).exec(commandLine)?.[1] ?? null;
  return {
    pid,
    port: Number.parseInt(lines[3] ?? '', 10) || null,
    status: parseStatus(lines[7]),
    owner,
    ownerIsAlive: owner !== null && (await isProcessAlive(owner)),
  };
}

/** The text of a cluster's postmaster.pid, or null where there is none. */
export async function readPidFile(cluster: string): Promise<string | null> {
  try {
    return await readFile(join(cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A server started by hand may name its cluster by another path, but it always works inside it. */
async function servesCluster(pid: number, commandLine: string, cluster: string): Promise<boolean> {
  if (commandLine.includes(` -D ${cluster} `)) return true;
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return workingFolder === cluster && /^\S*postgres /.test(commandLine);
}

function parseStatus(line: string | undefined): Postmaster['status'] {
  const word = line?.trim();
  return word === 'ready' || word === 'stopping' ? word : 'starting';
}
