import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';

const program = fileURLToPath(new URL('./cluster-node.ts', import.meta.url));
const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));

/** What a bundle would move away from its files stays where it is: they are found beside the sources. */
const keepsPlaces: Plugin = {
  name: 'keeps-places',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!source.startsWith('@node-rs/')) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found && { id: pathToFileURL(found.id).href, external: true };
  },
  transform(code, id) {
    if (id.startsWith('\0') || !code.includes('import.meta.url')) return null;
    return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
  },
};

/**
 * Makes one file of the program of a cluster's node and all that it imports: of the 1.5 seconds of processor time
 * that a start takes from the sources, 1.2 go to finding and reading some thousand modules. Resolves with its path.
 */
export async function bundleNode(): Promise<string> {
  const bundle = join(cache, 'cluster-node.mjs');
  const outDir = join(cache, `cluster-node-${process.pid}`);
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [keepsPlaces],
    build: {
      ssr: program,
      outDir,
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { codeSplitting: false } },
    },
    ssr: { noExternal: true },
  });
  // At once: another worker may be starting a node of it.
  await rename(join(outDir, 'cluster-node.js'), bundle);
  await rm(outDir, { recursive: true });
  return bundle;
}
