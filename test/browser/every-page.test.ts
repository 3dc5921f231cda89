import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  type ConsolePage,
  listConsolePages,
  openSignedIn,
  operatorCookie,
} from '../support/console-pages.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { makeKey } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { untilShown } from '../support/until-shown.ts';
import { type Answer, watchAnswers } from '../support/watch-answers.ts';
import { type Script, watchScripts } from '../support/watch-scripts.ts';

let keyward: TestKeyward;
let browser: Browser;
let pages: ConsolePage[];
let cookie: { name: string; value: string };

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  pages = await listConsolePages(keyward);
  cookie = await operatorCookie(keyward);
  const { key } = await makeKey(keyward, { name: 'Pattern', service: 'short-links' });
  const { organizationId } = keyward.bootstrap;
  // More of everything than a page shows at once.
  await keyward.change(`
    insert into keys (id, organization_id, service_id, kind, environment, tier, name, permissions,
      ip_allowlist, metadata, created_by, created_at)
    select 'key_5555555555555555555' || lpad(n::text, 7, '0'), organization_id, service_id, kind,
      environment, tier, 'Fleet-' || n || '-end', permissions, ip_allowlist, metadata, created_by,
      now() - interval '60 days'
    from keys, generate_series(1, 150) n where id = '${key.id}'`);
  await keyward.change(`
    with made as (
      insert into users (id, email, name, password_hash)
      select 'usr_5555555555555555555' || lpad(n::text, 7, '0'), 'person-' || n || '@example.com',
        'Person-' || n || '-end', 'none' from generate_series(1, 60) n returning id)
    insert into memberships (organization_id, user_id, role)
    select '${organizationId}', id, 'member' from made`);
  await keyward.change(`
    insert into services (id, slug, profile)
    select 'svc_5555555555555555555' || lpad(n::text, 7, '0'), 'fleet-' || n,
      jsonb_set(jsonb_set(profile, '{slug}', to_jsonb('fleet-' || n)), '{name}', to_jsonb('Service-' || n || '-end'))
    from services, generate_series(1, 20) n where slug = 'short-links'`);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const mostScript = 200_000;

// Charts come after the page, in files of their own.
const chartFiles = /(^|\/)(charts?|outcome-bars)[^/]*\.js$/i;

function expectLittle(scripts: readonly Script[], what: string): void {
  const largest = scripts
    .toSorted((one, other) => other.bytes - one.bytes)
    .slice(0, 12)
    .map(({ name, bytes }) => `${name} ${bytes}`)
    .join(', ');
  expect(scripts.length, `scripts of ${what}`).toBeGreaterThan(0);
  const sum = scripts.reduce((total, { bytes }) => total + bytes, 0);
  expect(sum, `${what}: ${largest}`).toBeLessThanOrEqual(mostScript);
}

/** Lists that a page reads for more than their rows, each with why. */
const readAhead: Readonly<Record<string, string>> = {
  'the review keys.review': 'the next ones are there at once',
  'a new service services.list': 'which slugs are free',
  'the settings services.list': 'the permissions that are suggested',
};

// On their first look: beside what the page is about, who is signed in and where they belong.
const mostAnswers = 8;
const mostBytes = 150_000;

const marked = (text: string): string[] => [
  ...new Set(text.match(/(Fleet|Person|Service)-\d+-end/g)),
];

function expectShown(answers: readonly Answer[], name: string, text: string): void {
  const list = answers.map(({ procedure, bytes }) => `${procedure} ${bytes}`).join(', ');
  expect(answers.length, `${name}: ${list}`).toBeLessThanOrEqual(mostAnswers);
  const sum = answers.reduce((total, { bytes }) => total + bytes, 0);
  expect(sum, `${name}: ${list}`).toBeLessThanOrEqual(mostBytes);
  for (const { procedure, data } of answers) {
    const isAhead = `${name} ${procedure}` in readAhead;
    const rows = marked(JSON.stringify(data ?? null));
    expect(
      isAhead ? [] : rows.filter((row) => !text.includes(row)),
      `${name} asks ${procedure} for ${rows.length}, and does not show these`,
    ).toEqual([]);
  }
}

/** Holds charts back until the page shows, and tells the scripts that it took until then. */
async function openFirst(page: Page, address: string): Promise<Script[]> {
  const loaded = watchScripts(page);
  const { promise: shown, resolve: show } = Promise.withResolvers<void>();
  await page.route(chartFiles, async (route) => {
    await shown;
    await route.continue();
  });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const scripts = await loaded();
  show();
  return scripts;
}

test('each page as the first one loads at most 200 kB of script, waits for no chart, asks for no more than it shows, and axe minds nothing on it', async () => {
  for (const [name, address] of pages) {
    const context = await openSignedIn(browser, keyward, cookie, {
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    const loaded = watchScripts(page);
    const answered = watchAnswers(page);
    expectLittle(await openFirst(page, address), `${name} until its heading shows`);
    await untilShown(page);
    const untilIdle = (await loaded()).filter((script) => !chartFiles.test(script.name));
    expectLittle(untilIdle, `${name} until idle`);
    expectShown(await answered(), name, await page.evaluate<string>('document.body.textContent'));
    await expectAccessible(page, name);
    await context.close();
  }
}, 180_000);
