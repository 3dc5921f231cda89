import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  type ConsolePage,
  listConsolePages,
  openSignedIn,
  operatorCookie,
} from '../support/console-pages.ts';
import { makeKey } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

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
    from keys, generate_series(1, 300) n where id = '${key.id}'`);
  await keyward.change(`
    with made as (
      insert into users (id, email, name, password_hash)
      select 'usr_5555555555555555555' || lpad(n::text, 7, '0'), 'person-' || n || '@example.com',
        'Person-' || n || '-end', 'none' from generate_series(1, 80) n returning id)
    insert into memberships (organization_id, user_id, role)
    select '${organizationId}', id, 'member' from made`);
  await keyward.change(`
    insert into services (id, slug, profile)
    select 'svc_5555555555555555555' || lpad(n::text, 7, '0'), 'fleet-' || n,
      jsonb_set(jsonb_set(profile, '{slug}', to_jsonb('fleet-' || n)), '{name}', to_jsonb('Service-' || n || '-end'))
    from services, generate_series(1, 30) n where slug = 'short-links'`);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

interface Answer {
  procedure: string;
  bytes: number;
  data: unknown;
}

/** Every answer of the API that the page asks for from now on. */
function watchAnswers(page: Page): () => Promise<Answer[]> {
  const answers: Promise<Answer[]>[] = [];
  page.on('response', (response) => {
    const [, procedures] = /\/trpc\/([^?]+)/.exec(response.url()) ?? [];
    if (procedures !== undefined) {
      answers.push(
        response.json().then((batch: { result?: { data?: unknown } }[]) =>
          procedures.split(',').map((procedure, index) => ({
            procedure,
            bytes: JSON.stringify(batch[index] ?? null).length,
            data: batch[index]?.result?.data,
          })),
        ),
      );
    }
  });
  return async () => (await Promise.all(answers)).flat();
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

test('no page asks for more than it shows, and each first look is a few small answers', async () => {
  for (const [name, address] of pages) {
    const context = await openSignedIn(browser, keyward, cookie);
    const page = await context.newPage();
    const answered = watchAnswers(page);
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    // On a busy machine what was asked for last may come after that.
    await page.waitForFunction('document.querySelectorAll("[data-visible=true]").length === 0');
    const answers = await answered();
    const text = await page.evaluate<string>('document.body.textContent');
    const list = answers.map(({ procedure, bytes }) => `${procedure} ${bytes}`).join(', ');
    expect(answers.length, `${name}: ${list}`).toBeLessThanOrEqual(mostAnswers);
    expect(
      answers.reduce((total, { bytes }) => total + bytes, 0),
      `${name}: ${list}`,
    ).toBeLessThanOrEqual(mostBytes);
    for (const { procedure, data } of answers) {
      const isAhead = `${name} ${procedure}` in readAhead;
      const rows = marked(JSON.stringify(data ?? null));
      expect(
        isAhead ? [] : rows.filter((row) => !text.includes(row)),
        `${name} asks ${procedure} for ${rows.length}, and does not show these`,
      ).toEqual([]);
    }
    await context.close();
  }
}, 180_000);
