import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const installedBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

// The sandbox needs privileges a container lacks; the rest keeps the browser from calling home.
const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A headless browser: `CHROME_BIN`, else one installed on this machine, else the one from npm.
 * The caller closes it: `await using browser = await launchBrowser()`.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = await findInstalledBrowser();
  if (installed) return chromium.launch({ executablePath: installed, args: quietFlags });
  const folder = await unpackedBrowser();
  const { LD_LIBRARY_PATH: libraries, ...environment } = process.env;
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: quietFlags,
    env: {
      ...environment,
      // It brings its own nss and expat, which a bare machine lacks.
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), libraries].filter(Boolean).join(':'),
      // Without any font, page.fill() does nothing and says nothing.
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  });
}

async function findInstalledBrowser(): Promise<string | null> {
  if (process.env.CHROME_BIN) return process.env.CHROME_BIN;
  for (const path of installedBrowsers) if (await isExecutable(path)) return path;
  if (process.platform === 'linux' && process.arch === 'x64') return null;
  throw new Error('No browser found. Install Chromium, or set CHROME_BIN to the path of one.');
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The folder of the browser from npm, unpacked (2 seconds, 200 MB) by the first run that needs it. */
async function unpackedBrowser(): Promise<string> {
  const archives = join(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
    '../bin',
  );
  const manifest = await readFile(join(archives, '../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
  const folder = join(cache, `chromium-${version}`);
  if (await isExecutable(join(folder, 'chromium'))) return folder;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  await unpack(archives, unfinished);
  await writeFile(join(unfinished, 'fonts.conf'), fontsConfiguration(folder));
  try {
    await rename(unfinished, folder);
  } catch {
    // Another worker was faster.
    await rm(unfinished, { recursive: true });
  }
  return folder;
}

async function unpack(archives: string, folder: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const temporaryFolder = process.env.TMPDIR;
  // inflate() writes into the temporary folder, and takes what it finds there for its own.
  process.env.TMPDIR = folder;
  try {
    for (const name of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'])
      await inflate(join(archives, name));
  } finally {
    if (temporaryFolder === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporaryFolder;
  }
}

/** Points fontconfig at the font the package brings, Open Sans, and at nothing of the machine. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
}
