import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess, isProcessAlive } from './identify-process.ts';

/**
 * Makes a private folder whose name says what it is for and which process works in it, and
 * removes those for the same purpose that a killed process left behind.
 */
export async function makeTemporaryFolder(parent: string, purpose: string): Promise<string> {
  for (const name of await readdir(parent)) {
    const owner = name.startsWith(`${purpose}-`) && name.slice(purpose.length + 1).split('.')[0];
    if (!owner || (await isProcessAlive(owner))) continue;
    await removeFolder(join(parent, name));
  }
  return mkdtemp(join(parent, `${purpose}-${await identifyProcess(process.pid)}.`));
}

/** Removes a folder with all it holds, even while a dying process still writes into it. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** Whether a rename failed because a folder with something in it has that name already. */
export function isOccupied(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOTEMPTY' || code === 'EEXIST';
}
