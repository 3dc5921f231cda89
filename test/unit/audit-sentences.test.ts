import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { auditActions } from '@keyward/shared/audit';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sentencesFile = `${root}/web/src/lib/describe-audit-event.ts`;

/** The text of all the server's sources. */
async function serverSources(): Promise<string> {
  const folder = `${root}/server/src`;
  const names = await readdir(folder, { recursive: true });
  const sources = names.filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(sources.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  return texts.join('\n');
}

test('every action has a sentence in the console', async () => {
  const source = await readFile(sentencesFile, 'utf8');
  const missing = auditActions.filter((action) => !source.includes(`  '${action}': `));
  expect(missing).toEqual([]);
});

test('the list names what the server records, and nothing else', async () => {
  const source = await serverSources();
  const unused = auditActions.filter((action) => !source.includes(`'${action}'`));
  expect(unused).toEqual([]);
  const recorded = [...source.matchAll(/\baction: '([a-z]+\.[a-z_]+)'/g)].map(([, name]) => name);
  expect(recorded.length).toBeGreaterThan(10);
  expect(recorded.filter((name) => !auditActions.some((action) => action === name))).toEqual([]);
});
