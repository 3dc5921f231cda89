// Brings a checkout to where it can run: packages, and for `start` and `test` the console's build.
// It runs on whatever Node the machine has, before any package exists, so it imports none.
// Standard output belongs to the command that follows; everything said here goes to standard error.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const OLDEST_NODE = [20, 19];
const ABANDONED_LOCK_MS = 30_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const runtime = join(modules, '.bin', 'node');
const lock = join(modules, '.keyward-lock');
const installStamp = join(modules, '.keyward-installed');
const buildStamp = join(root, 'web', 'dist', '.keyward-built');

class Refusal extends Error {}

const say = (text) => process.stderr.write(`${text}\n`);
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null);

/** Every file under `path`, sorted, without what installing and building put there. */
function sourcesUnder(path) {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist'].includes(entry.name))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? sourcesUnder(child) : [child];
    })
    .sort();
}

function hashOf(files, ...facts) {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function packageFolders() {
  return readdirSync(root)
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'package.json')));
}

function installHash() {
  const manifests = [root, ...packageFolders()].map((folder) => join(folder, 'package.json'));
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(root, name));
  return hashOf([...files, ...manifests], process.platform, process.arch);
}

function buildHash() {
  const files = [join(root, 'web'), join(root, 'shared', 'src')].flatMap(sourcesUnder);
  return hashOf([...files, join(root, 'pnpm-lock.yaml')]);
}

function isInstalled() {
  const folders = packageFolders().map((folder) => join(folder, 'node_modules'));
  return [runtime, ...folders].every(existsSync) && read(installStamp) === installHash();
}

function isBuilt() {
  return read(buildStamp) === buildHash();
}

/** Runs a command in a process group of its own, so that stopping this script stops all of it. */
async function run(command, args, { cwd, env }) {
  const visible = process.stderr.isTTY;
  const output = [];
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', visible ? 2 : 'pipe', visible ? 2 : 'pipe'],
  });
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const stop = () => child.pid && process.kill(-child.pid, 'SIGTERM');
  process.once('exit', stop);
  const failure = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? null : `exit ${code ?? signal}`));
  });
  process.removeListener('exit', stop);
  if (failure !== null) process.stderr.write(Buffer.concat(output));
  return failure;
}

async function install() {
  say('Installing packages (first time: about a minute)…');
  const env = { ...process.env, CI: 'true' };
  // With NODE_ENV=production pnpm would leave out the tools that build the console.
  delete env.NODE_ENV;
  // An empty HOME would make npm write its cache to a folder called "~" in here.
  if (env.HOME === '') delete env.HOME;
  // The install may replace the Node in node_modules, so it must not run on it.
  env.PATH = env.PATH.split(':')
    .filter((folder) => !folder.startsWith(modules))
    .join(':');
  rmSync(installStamp, { force: true });
  const args = ['--prefer-offline', '-y', PNPM, 'install', '--frozen-lockfile'];
  const failure =
    (await run('npx', args, { cwd: root, env })) ??
    (await run(runtime, ['-e', ''], { cwd: root, env }));
  if (failure !== null) {
    throw new Refusal(
      `The packages could not be installed (${failure}). Check that the npm registry can be reached ` +
        'and the disk has 1 GB free, then run the same command again. If it fails the same way, ' +
        'delete the node_modules folder first.',
    );
  }
  writeFileSync(installStamp, installHash());
}

async function build() {
  say('Building the console…');
  const web = join(root, 'web');
  // Taken before the build: a source edited meanwhile must not count as built.
  const hash = buildHash();
  rmSync(buildStamp, { force: true });
  const vite = join(web, 'node_modules', 'vite', 'bin', 'vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  const failure = await run(runtime, [vite, 'build'], { cwd: web, env });
  if (failure !== null) {
    throw new Refusal(`The console could not be built (${failure}). The output above says why.`);
  }
  writeFileSync(buildStamp, hash);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryLock() {
  mkdirSync(modules, { recursive: true });
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lock, 'pid'), `${process.pid}`);
  return true;
}

/** Whether whoever took the lock has died; a pid alone can have been given to another process. */
function isAbandoned(pid) {
  const touched = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - touched > ABANDONED_LOCK_MS) return true;
  return pid !== null && (Number(pid) === process.pid || !isAlive(Number(pid)));
}

/** Moves an abandoned lock away; put back if another run has just replaced it by its own. */
function clearLock(pid) {
  const aside = `${lock}-${process.pid}`;
  try {
    renameSync(lock, aside);
    if (read(join(aside, 'pid')) === pid) rmSync(aside, { recursive: true });
    else renameSync(aside, lock);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

/** Waits until no other run prepares this checkout, then keeps others waiting until this one ends. */
async function takeLock() {
  let announced = false;
  while (!tryLock()) {
    const pid = read(join(lock, 'pid'));
    if (isAbandoned(pid)) {
      clearLock(pid);
      continue;
    }
    if (!announced) say(`Waiting for another command that is preparing this folder (pid ${pid})…`);
    announced = true;
    await sleep(200);
  }
  const touch = () => existsSync(lock) && utimesSync(lock, new Date(), new Date());
  setInterval(touch, 1000).unref();
  process.once('exit', () => rmSync(lock, { recursive: true, force: true }));
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Refusal(
    `Keyward needs Node ${OLDEST_NODE.join('.')} or newer to install; this is Node ${process.versions.node}.`,
  );
}

async function prepare(task) {
  if (!['install', 'start', 'test'].includes(task)) {
    throw new Refusal('Usage: node scripts/prepare.mjs install|start|test');
  }
  refuseOldNode();
  if (isInstalled() && (task === 'install' || isBuilt())) return;
  await takeLock();
  if (!isInstalled()) await install();
  if (task !== 'install' && !isBuilt()) await build();
}

process.once('SIGHUP', () => process.exit(129));
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  await prepare(process.argv[2]);
} catch (error) {
  say(error instanceof Refusal ? error.message : `Keyward could not be prepared: ${error.stack}`);
  process.exit(1);
}
