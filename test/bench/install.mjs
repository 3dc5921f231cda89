// Installs what the bench needs beyond the product, when its lockfile is not the one that was installed.
// It runs on whatever Node the machine has, so it imports no package.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const stamp = at('node_modules/.keyward-installed');
const lock = createHash('sha256')
  .update(readFileSync(at('package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  process.stderr.write("Installing the bench's packages…\n");
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  // Standard output belongs to the table that follows.
  const end = spawnSync('npm', ['ci', '--loglevel=error', ...options], {
    cwd: at('.'),
    stdio: ['ignore', 2, 2],
  });
  if (end.status !== 0) {
    process.stderr.write(
      "The bench's packages could not be installed; the output above says why.\n",
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
