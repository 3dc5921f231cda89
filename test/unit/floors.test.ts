import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The server's folders from the ground up; `trpc` and `rest` stand side by side. */
const rooms = [
  'database',
  'audit',
  'verification',
  'services',
  'keys',
  'organizations',
  'webhooks',
  'accounts',
  'demo',
  'http',
  'trpc',
  'rest',
];

/** Each file's imports, one a line, and whether the floors allow that line. */
const files = new Map<string, Map<string, boolean>>();

function expectLines(file: string, lines: string[], allowed: boolean): void {
  const known = files.get(file) ?? new Map<string, boolean>();
  for (const line of lines) known.set(line, allowed);
  files.set(file, known);
}

const allow = (file: string, ...lines: string[]) => expectLines(file, lines, true);
const forbid = (file: string, ...lines: string[]) => expectLines(file, lines, false);

for (const [floor, room] of rooms.entries()) {
  const file = `server/src/${room}/a.ts`;
  for (const [otherFloor, other] of rooms.entries()) {
    if (other === room) continue;
    const allowed = otherFloor < floor && !(room === 'rest' && other === 'trpc');
    expectLines(file, [`import '../${other}/b.ts';`], allowed);
    expectLines(file, [`export { b } from '../${other}/deep/b.ts';`], allowed);
    expectLines(
      `server/src/${room}/deep/a.ts`,
      [`import type { B } from '../../${other}/b.ts';`],
      allowed,
    );
  }
  allow(
    file,
    "import './b.ts';",
    "import './deep/b.ts';",
    "import '../config.ts';",
    "import type { Context } from '../context.ts';",
    "import '@keyward/shared/keys';",
    "import '@keyward/shared/accounts';",
    "import '@trpc/server/adapters/express';",
    "import 'node:fs';",
  );
  forbid(
    file,
    "import '../app.ts';",
    "import '../start-keyward.ts';",
    "import '../main.ts';",
    "import type { Command } from '../cli.ts';",
    "import '../../../shared/src/keys.ts';",
    "import '../../../web/src/app/router.tsx';",
    "import '@keyward/server/keys/create-key';",
    "await import('../app.ts');",
  );
}

allow('server/src/config.ts', "import 'zod';", "import '@keyward/shared/errors';");
forbid('server/src/config.ts', "import './context.ts';", "import './database/a.ts';");
allow('server/src/context.ts', "import './database/a.ts';", "import './config.ts';");
forbid(
  'server/src/context.ts',
  "import './audit/a.ts';",
  "import './keys/a.ts';",
  "import './rest/deep/a.ts';",
  "import './instance.ts';",
  "import './app.ts';",
);
allow('server/src/instance.ts', "import './keys/a.ts';", "import './accounts/a.ts';");
forbid('server/src/instance.ts', "import './http/a.ts';", "import './app.ts';");
forbid('server/src/accounts/a.ts', "import '../instance.ts';");
allow('server/src/http/a.ts', "import '../instance.ts';");
allow('server/src/app.ts', "import './trpc/a.ts';", "import './rest/a.ts';");
forbid('server/src/app.ts', "import './start-keyward.ts';", "import './main.ts';");
allow('server/src/start-keyward.ts', "import './app.ts';", "import './verification/a.ts';");
forbid('server/src/start-keyward.ts', "import './main.ts';", "import './cli.ts';");
allow('server/src/main.ts', "import './start-keyward.ts';", "import './app.ts';");
forbid('server/src/main.ts', "import './cli.ts';");
allow('server/src/cli.ts', "import './accounts/a.ts';");
forbid('server/src/cli.ts', "import './app.ts';", "import './main.ts';");
forbid('server/src/a-room-without-floor/a.ts', "import '../app.ts';");

allow('shared/src/a.ts', "import 'zod';", "import './b.ts';");
allow('shared/src/deep/a.ts', "import 'zod/v4';", "import '../b.ts';", "import './b.ts';");
forbid(
  'shared/src/deep/a.ts',
  "import 'node:fs';",
  "import 'react';",
  "import '@keyward/server/keys/create-key';",
  "import '../../../server/src/config.ts';",
);

for (const place of ['app', 'lib', 'ui', 'features/keys', 'features/keys/deep']) {
  allow(
    `web/src/${place}/a.tsx`,
    "import type { AppRouter } from '@keyward/server/trpc/app-router'; export type A = AppRouter;",
    "import '@keyward/shared/keys';",
    "import '@mantine/core';",
    "import './b.tsx';",
  );
  forbid(
    `web/src/${place}/a.tsx`,
    "import type { Key } from '@keyward/server/keys/read-keys'; export type K = Key;",
    "import '@keyward/server/trpc/app-router';",
    "import { appRouter } from '@keyward/server/trpc/app-router';",
    "import { type AppRouter as B } from '@keyward/server/trpc/app-router'; export type C = B;",
    "import * as router from '@keyward/server/trpc/app-router';",
    "await import('@keyward/server/trpc/app-router');",
    "import '../../../../server/src/config.ts';",
  );
}
allow('web/src/main.tsx', "import './app/a.tsx';");
allow('web/src/app/a.tsx', "import '../features/keys/a.tsx';", "import '../ui/a.tsx';");
allow(
  'web/src/features/keys/a.tsx',
  "import './deep/b.tsx';",
  "import '../../ui/a.tsx';",
  "import '../../lib/a.ts';",
);
forbid(
  'web/src/features/keys/a.tsx',
  "import '../members/a.tsx';",
  "import '../members/deep/a.tsx';",
  "import '../../features/members/a.tsx';",
  "import '../../app/a.tsx';",
);
allow('web/src/features/keys/deep/a.tsx', "import '../b.tsx';", "import '../../../ui/a.tsx';");
forbid(
  'web/src/features/keys/deep/a.tsx',
  "import '../../members/a.tsx';",
  "import '../../../features/members/a.tsx';",
  "import '../../../app/a.tsx';",
);
forbid('web/src/features/keys/deep/deeper/a.tsx', "import '../../../members/a.tsx';");
allow('web/src/ui/a.tsx', "import '../lib/a.ts';");
forbid('web/src/ui/a.tsx', "import '../features/keys/a.tsx';", "import '../app/a.tsx';");
forbid(
  'web/src/lib/deep/a.ts',
  "import '../../ui/a.tsx';",
  "import '../../features/keys/a.tsx';",
  "import '../../app/a.tsx';",
);

allow('test/store/a.test.ts', "import '@keyward/server/app';", "import '../../server/src/app.ts';");
forbid('test/store/a.test.ts', "import '../../web/src/lib/a.ts';");

describe('the floors', () => {
  let folder: string;
  let refused: Map<string, Set<number>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyward-floors-'));
    for (const config of ['biome.json', 'biome.floors.jsonc']) {
      await cp(join(root, config), join(folder, config));
    }
    for (const [file, lines] of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), [...lines.keys()].join('\n'));
    }
    refused = await findRefusedLines(folder);
  });

  afterAll(() => rm(folder, { recursive: true }));

  test.each([...files.keys()])('%s', (file) => {
    const lines = [...(files.get(file) ?? [])];
    const numbers = refused.get(file) ?? new Set();
    const actual = lines.map(([line], index) => [line, !numbers.has(index + 1)]);
    expect(actual).toEqual(lines);
  });

  test('every folder of the server has one', async () => {
    const entries = await readdir(join(root, 'server/src'), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(rooms).toEqual(expect.arrayContaining(folders));
  });
});

/** The numbers of the lines that Biome's import rules refuse, for each file below a folder. */
async function findRefusedLines(folder: string): Promise<Map<string, Set<number>>> {
  const rules = ['style/noRestrictedImports', 'style/useImportType'];
  const child = spawn(
    join(root, 'node_modules/.bin/biome'),
    ['lint', ...rules.map((rule) => `--only=${rule}`), '--max-diagnostics=none', '--reporter=json'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const { diagnostics } = (await json(child.stdout)) as Report;
  const refused = new Map<string, Set<number>>();
  for (const { location } of diagnostics) {
    const lines = refused.get(location.path) ?? new Set();
    refused.set(location.path, lines.add(location.start.line));
  }
  return refused;
}

interface Report {
  diagnostics: { location: { path: string; start: { line: number } } }[];
}
