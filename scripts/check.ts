// Types, lint and format; what fails is printed whole, and any failure fails the run.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

async function passes(command: string): Promise<boolean> {
  const child = spawn(`node_modules/.bin/${command} 2>&1`, { cwd: root, shell: true });
  const [output, code] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  console.log(code === 0 ? `ok      ${command}` : `failed  ${command}\n${output}`);
  return code === 0;
}

// Two at a time: each of them already uses more than one core.
const results = await Promise.all([
  passes('tsc -p tsconfig.json'),
  passes('biome check --error-on-warnings --max-diagnostics=200 .').then(
    async (isClean) => (await passes('tsc -p web/tsconfig.json')) && isClean,
  ),
]);
process.exit(results.every(Boolean) ? 0 : 1);
