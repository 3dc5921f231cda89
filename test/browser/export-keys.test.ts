import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator } from '../support/open-console.ts';
import { type MadeKey, makeKey } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;
let pattern: MadeKey;
beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  pattern = await makeKey(keyward, { name: '=HYPERLINK("https://example.com")' });
  await keyward.change(`
    insert into keys (id, organization_id, service_id, kind, environment, tier, name, permissions,
      ip_allowlist, metadata, created_by)
    select 'key_4444444444444444444' || lpad(n::text, 7, '0'), organization_id, service_id, kind,
      environment, tier, 'Fleet ' || n, permissions, ip_allowlist, metadata, created_by
    from keys, generate_series(1, 450) n where id = '${pattern.key.id}'`);
  home = await findHome(keyward);
  page = await openAsOperator(browser, keyward);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const dialog = () => page.getByRole('dialog', { name: 'Export keys' });

async function ask(format: 'CSV' | 'JSON', search = ''): Promise<void> {
  await page.goto(`${home}/keys${search}`);
  await page.getByRole('button', { name: 'Export' }).click();
  await dialog().getByRole('radio', { name: format }).check();
}

/** The file that comes of doing this. */
async function fileOf(act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const downloading = page.waitForEvent('download');
  await act();
  const download = await downloading;
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), 'utf8'),
  };
}

const begin = () => dialog().getByRole('button', { name: 'Export' }).click();

test('all keys as CSV: over many pages, with no secret and no hash, and no formula', async () => {
  await ask('CSV');
  await dialog()
    .getByText(/^Every key of .* Secrets are not in the file/)
    .waitFor();
  await expectAccessible(page, 'the question of an export');
  const { name, text } = await fileOf(begin);
  expect(name).toMatch(/^[a-z0-9-]+-keys-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...rows] = text.trimEnd().split('\r\n');
  expect(head).toMatch(/^id,name,kind,status,service,.*last_used_ip$/);
  // Beside the pattern and the fleet the key that the instance began with.
  expect(rows).toHaveLength(452);
  expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(452);
  expect(text).toContain(`"'=HYPERLINK(""https://example.com"")"`);
  for (const secret of [pattern.secret, keyward.bootstrap.secret]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(createHash('sha256').update(secret).digest('hex'));
  }
  await page.getByText('452 keys exported').waitFor();
});

test('what is filtered as JSON, as the API shows it', async () => {
  await ask('JSON', '?q=fleet%2044');
  await dialog()
    .getByText(/^The keys that pass the search and filters/)
    .waitFor();
  const { name, text } = await fileOf(begin);
  expect(name).toMatch(/\.json$/);
  const keys: { name: string }[] = JSON.parse(text);
  expect(keys.map((key) => key.name).sort()).toEqual(
    [44, ...Array.from({ length: 10 }, (_, index) => 440 + index)].map((n) => `Fleet ${n}`).sort(),
  );
  expect(Object.keys(keys[0] ?? {})).toEqual(Object.keys(pattern.key));
});

test('can be stopped, and gone on with, also after a failure; the file is whole', async () => {
  await ask('JSON', '?q=fleet');
  const held = Promise.withResolvers<void>();
  let isHeld = true;
  await page.route('**/trpc/keys.list*', async (route) => {
    const isNext = route.request().postData()?.includes('"limit":200,"cursor"') === true;
    if (isNext && isHeld) {
      await held.promise;
      await route.abort().catch(() => {});
    } else {
      await route.continue();
    }
  });
  await begin();
  await dialog().getByText('Reading: 200 keys so far…').waitFor();
  expect(await dialog().getByRole('progressbar').getAttribute('value')).toBeNull();
  await page.keyboard.press('Escape');
  await dialog().getByRole('button', { name: 'Stop' }).click();
  await dialog().getByText('Stopped after 200 keys. No file was made.').waitFor();
  await dialog().getByRole('button', { name: 'Go on' }).click();
  held.resolve();
  await dialog()
    .getByText(/Check your connection/)
    .waitFor();
  await expectAccessible(page, 'an export that failed');
  isHeld = false;
  const { text } = await fileOf(() => dialog().getByRole('button', { name: 'Go on' }).click());
  const ids = (JSON.parse(text) as { id: string }[]).map(({ id }) => id);
  expect(ids).toHaveLength(450);
  expect(new Set(ids).size).toBe(450);
  await page.unroute('**/trpc/keys.list*');
});
