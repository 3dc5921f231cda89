import { judgeUnusedPermissions } from '@keyward/server/keys/judge-unused-permissions';
import type { Permission } from '@keyward/shared/permissions';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { endSessionAfter } from '../support/end-session-after.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole } from '../support/open-console.ts';
import {
  type KeyOptions,
  type MadeKey,
  makeKey,
  putPresets,
  signInMember,
} from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;
const made = new Map<string, MadeKey>();

/** A key made 60 days ago, and whatever else is to be true of it. */
async function seed(name: string, facts = '', options: KeyOptions = {}): Promise<void> {
  const one = await makeKey(keyward, { name, service: 'short-links', permissions: [], ...options });
  made.set(name, one);
  await keyward.change(`update keys set created_at = now() - interval '60 days'
    ${facts && `, ${facts}`} where id = '${one.key.id}'`);
}

const idOf = (name: string) => made.get(name)?.key.id ?? '';
const secretOf = (name: string) => made.get(name)?.secret ?? '';

const openKeys = (
  person: { email: string; password: string },
  options: BrowserContextOptions = {},
) => openConsole(browser, home, person, options);

const operator = () => ({ email: keyward.bootstrap.email, password: operatorPassword });

const used = (ago: string) =>
  `last_used_at = now() - interval '${ago}', last_used_ip = '203.0.113.7'`;

beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'short-links', 'contracts');
  browser = await launchBrowser();
  const grants: Permission[] = ['shortLinks:read', 'shortLinks:create'];
  await seed('Busy backend', used('1 hour'));
  await seed('Idle importer', used('40 days'));
  await seed('Dormant importer', used('100 days'));
  await seed('Never called');
  await seed('Nearly over', `${used('1 hour')}, expires_at = now() + interval '5 days 1 hour'`);
  await seed('Refused partner', used('1 hour'), { service: 'contracts', tier: 'partner' });
  await seed('Generous grant', used('1 hour'), { permissions: grants });
  await seed('Test sandbox', used('1 hour'), { environment: 'test', service: 'contracts' });
  await seed('Gone', 'revoked_at = now()');
  await keyward.change(`insert into key_permission_days (key_id, permission, day)
    values ('${idOf('Generous grant')}', 'shortLinks:read', current_date)`);
  await judgeUnusedPermissions(keyward);
  await keyward.change(`insert into key_usage (key_id, hour, outcome, count)
    select '${idOf('Refused partner')}', date_trunc('hour', now()), outcome, count
    from (values ('VALID', 62), ('RATE_LIMITED', 38)) as row(outcome, count)`);
  const { slug } = await keyward.database
    .execute(`select slug from organizations where id = '${keyward.context.organizationId}'`)
    .then(([row]) => row as { slug: string });
  home = `${keyward.url}/o/${slug}/keys`;
  page = await openKeys(operator());
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

/** The machine may be busy: what is waited for may take its time. */
const patience = { timeout: 10_000 };

const rowOf = (name: string, on = page) => on.getByRole('row').filter({ hasText: name });
const names = (on = page) =>
  on
    .getByRole('rowheader')
    .evaluateAll((cells) => cells.map((cell) => cell.querySelector('a')?.innerText));

async function expectNames(wanted: string[]): Promise<void> {
  await expect.poll(async () => (await names()).sort(), patience).toEqual([...wanted].sort());
}

describe('the list', () => {
  test('says of each key its service, its week, its end and its health', async () => {
    await page.goto(home);
    const partner = rowOf('Refused partner');
    await partner.getByText('38% of calls in 7 days').waitFor();
    await partner.getByRole('img', { name: 'In 7 days 62 accepted, 38 refused' }).waitFor();
    const text = await partner.innerText();
    for (const part of ['Bot', 'Contracts API', 'partner · Live', '203.0.113.7', 'Refused a lot']) {
      expect(text).toContain(part);
    }
    for (const [name, health] of [
      ['Busy backend', /Healthy/],
      ['Idle importer', /Unused\s+for 40 days/],
      ['Never called', /Never used\s+created 60 days ago/],
      ['Nearly over', /Expires\s+in 5 days/],
      ['Gone', /Revoked\s+minutes ago/],
    ] as const) {
      expect(await rowOf(name).first().innerText()).toMatch(health);
    }
  });

  test('asks for the week of a page in one call, and shows the keys without waiting for it', async () => {
    let asked = 0;
    await page.route('**/trpc/**', async (route) => {
      if (route.request().url().includes('keys.activity')) {
        asked += 1;
        return;
      }
      await route.continue();
    });
    await page.goto(home);
    await rowOf('Busy backend').waitFor();
    expect(asked).toBe(1);
    expect(await page.getByRole('img', { name: /7 days/ }).count()).toBe(0);
    await page.unroute('**/trpc/**');
  });
});

describe('filters', () => {
  test.each([
    ['Attention', 'Unused for 30 days', ['Idle importer', 'Dormant importer', 'Never called']],
    ['Attention', 'Unused for 90 days', ['Dormant importer']],
    ['Attention', 'Expires in 14 days', ['Nearly over']],
    ['Attention', 'Over-privileged', ['Generous grant']],
    ['Status', 'Revoked', ['Gone']],
    ['Environment', 'Test', ['Test sandbox']],
    ['Service', 'Contracts API', ['Refused partner', 'Test sandbox']],
  ])('%s: %s, by an address that can be passed on', async (label, option, wanted) => {
    await page.goto(home);
    await page.getByLabel(label, { exact: true }).selectOption({ label: option });
    await expectNames(wanted);
    await page.goto(page.url());
    await expectNames(wanted);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await rowOf('Busy backend').waitFor();
    expect(page.url()).toBe(home);
  });

  test('by owner, for admins alone', async () => {
    const { organizationId } = keyward.context;
    const member = await signInMember(keyward, { organizationId });
    const client = member.within(organizationId);
    const input = { kind: 'user' as const, service: 'short-links', permissions: [] };
    await client.keys.create.mutate({ ...input, name: 'Mia’s laptop' });
    await page.goto(home);
    await page.getByLabel('Owner').selectOption({ label: member.user.name });
    await expectNames(['Mia’s laptop']);
    const theirs = await openKeys({ ...member.user, password: member.password });
    await expect.poll(() => names(theirs), patience).toEqual(['Mia’s laptop']);
    expect(await theirs.getByLabel('Owner').count()).toBe(0);
    await theirs.context().close();
  });

  test('searches as one types, and says what to change when nothing matches', async () => {
    await page.goto(home);
    const search = page.getByRole('searchbox', { name: /^Search/ });
    await search.pressSequentially('importer');
    await expectNames(['Idle importer', 'Dormant importer']);
    await page.getByLabel('Status').selectOption('revoked');
    await page.getByRole('button', { name: 'Remove Revoked' }).click();
    await expectNames(['Idle importer', 'Dormant importer']);
    await search.fill(secretOf('Busy backend').slice(-4));
    await expectNames(['Busy backend']);
  });

  test('a whole secret in the search finds its key, and stays out of the address', async () => {
    const addresses: string[] = [];
    page.on('framenavigated', (frame) => addresses.push(frame.url()));
    await page.goto(home);
    const search = page.getByRole('searchbox', { name: /^Search/ });
    await search.fill(secretOf('Busy backend'));
    await expectNames(['Busy backend']);
    expect(await search.inputValue()).toBe(secretOf('Busy backend').slice(-4));
    // As it is copied out of a request, or out of a file for the environment.
    for (const around of ['Authorization: Bearer ', 'SHORT_LINKS_API_KEY=']) {
      await search.fill(`${around}${secretOf('Busy backend')}`);
      await expectNames(['Busy backend']);
      expect(await search.inputValue()).toBe(secretOf('Busy backend').slice(-4));
      await search.fill('');
      await expect.poll(() => page.url()).not.toContain('q=');
    }
    expect([page.url(), ...addresses].map(decodeURIComponent).join()).not.toContain(
      secretOf('Busy backend'),
    );
  });
});

describe('many keys at once', () => {
  test('suspends, resumes and revokes what is selected, each that it can', async () => {
    for (const name of ['Bulk a', 'Bulk b', 'Bulk c']) {
      await seed(name);
    }
    await page.goto(`${home}?q=bulk`);
    await expectNames(['Bulk a', 'Bulk b', 'Bulk c']);
    await page.getByRole('checkbox', { name: 'Select Bulk a' }).check();
    const bar = page.getByRole('region', { name: 'Selected keys' });
    expect(await bar.innerText()).toContain('1 key selected');
    await page.getByRole('checkbox', { name: 'Select all 3 shown' }).check();
    await bar.getByRole('button', { name: 'Suspend 3' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Suspend 3 keys' }).click();
    await dialog.getByText('3 keys suspended').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await rowOf('Bulk a').getByText('Suspended').waitFor();

    await page.getByRole('checkbox', { name: 'Select Bulk b' }).check();
    await bar.getByRole('button', { name: 'Resume 1' }).click();
    await dialog.getByRole('button', { name: 'Resume 1 key' }).click();
    await dialog.getByText('1 key resumed').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await page.getByRole('checkbox', { name: 'Select all 3 shown' }).check();
    await bar.getByRole('button', { name: 'Revoke 3' }).click();
    const revoke = dialog.getByRole('button', { name: 'Revoke 3 keys' });
    expect(await revoke.isDisabled()).toBe(true);
    await page.keyboard.type('revoke 3 keys');
    await page.keyboard.press('Enter');
    await dialog.getByText('3 keys revoked').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    for (const name of ['Bulk a', 'Bulk b', 'Bulk c']) {
      await rowOf(name).getByText('Revoked').waitFor();
    }
  });

  test('a failure midway loses nothing: it says which and why, and they can be tried again', async () => {
    for (const name of ['Flaky a', 'Flaky b', 'Flaky c']) {
      await seed(name);
    }
    await page.goto(`${home}?q=flaky`);
    await page.getByRole('checkbox', { name: 'Select all 3 shown' }).check();
    await page.route('**/trpc/keys.update*', async (route) => {
      const isUnlucky = route.request().postData()?.includes(idOf('Flaky b'));
      await (isUnlucky ? route.abort() : route.continue());
    });
    await page.getByRole('button', { name: 'Suspend 3' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Suspend 3 keys' }).click();
    await dialog.getByText('2 keys suspended, 1 failed').waitFor();
    const failures = dialog.getByRole('region', { name: 'What failed' });
    expect(await failures.innerText()).toMatch(/Flaky b\s+Check your connection/);
    await page.unroute('**/trpc/keys.update*');
    await dialog.getByRole('button', { name: 'Try 1 again' }).click();
    await dialog.getByText('3 keys suspended').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await rowOf('Flaky b').getByText('Suspended').waitFor();
  });

  test('can be stopped, and gone on with', async () => {
    for (const name of ['Slow a', 'Slow b', 'Slow c']) {
      await seed(name);
    }
    await page.goto(`${home}?q=slow`);
    await page.getByRole('checkbox', { name: 'Select all 3 shown' }).check();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/trpc/keys.update*', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Suspend 3' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Suspend 3 keys' }).click();
    await dialog.getByRole('progressbar', { name: /0 of 3/ }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Stop' }).click();
    letGo();
    await dialog.getByText('1 key suspended, 2 not tried').waitFor();
    await dialog.getByRole('button', { name: 'Go on with 2' }).click();
    await dialog.getByText('3 keys suspended').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.unroute('**/trpc/keys.update*');
  });
});

test('a session that ends midway leaves on the page what failed of many', async () => {
  for (const name of ['Ending a', 'Ending b']) {
    await seed(name);
  }
  const own = await openKeys(operator());
  await own.goto(`${home}?q=ending`);
  await own.getByRole('checkbox', { name: 'Select all 2 shown' }).check();
  await endSessionAfter(own, 'keys.update');
  await own.getByRole('button', { name: 'Suspend 2' }).click();
  const refused = own.waitForResponse(
    (response) => response.status() === 401 && response.url().includes('keys.list'),
  );
  await own.getByRole('button', { name: 'Suspend 2 keys' }).click();
  await refused;
  const dialog = own.getByRole('dialog');
  await dialog.getByText('1 key suspended, 1 failed').waitFor();
  await dialog.getByRole('region', { name: 'What failed' }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await own.getByRole('heading', { name: 'Sign in' }).waitFor();
  await own.context().close();
});

describe('the commands', () => {
  const palette = () => page.getByRole('dialog', { name: 'Find or go to' });
  const chosen = () => palette().getByRole('option', { selected: true });

  test('lead to a page and to a key by the keyboard alone', async () => {
    await page.goto(home);
    await rowOf('Busy backend').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find a key/ }).waitFor();
    await page.keyboard.type('serv');
    await expect.poll(() => chosen().innerText(), patience).toMatch(/^Services/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find a key/ }).waitFor();
    await page.keyboard.type('importer');
    await expect.poll(() => palette().getByRole('option').count(), patience).toBe(2);
    const first = await chosen().innerText();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => chosen().innerText(), patience).not.toBe(first);
    const active = await page.getByRole('combobox').getAttribute('aria-activedescendant');
    expect(await chosen().getAttribute('id')).toBe(active);
    const [name = ''] = (await chosen().innerText()).split('\n');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
  });

  test('find the key of a whole secret, which goes nowhere but to the server', async () => {
    await page.goto(home);
    await page.getByRole('button', { name: /^Find or go to/ }).click();
    const field = page.getByRole('combobox', { name: /Find a key/ });
    const secret = secretOf('Nearly over');
    await field.fill(secret);
    await palette().getByRole('group', { name: 'The key of this secret' }).waitFor();
    expect(await chosen().innerText()).toContain('Nearly over');
    expect(await field.inputValue()).toBe(secret.slice(-4));
    const kept = await page.evaluate<string>(
      'JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state, document.body.outerHTML])',
    );
    expect(kept).not.toContain(secret);
    await field.fill(`${secret.slice(0, -1)}${secret.endsWith('x') ? 'y' : 'x'}`);
    await palette().getByText('No key of this organization has this secret.').waitFor();
    await page.keyboard.press('Escape');
    await palette().waitFor({ state: 'hidden' });
  });
});

test('axe finds no violation in light or dark, with a selection, a question and the commands open', async () => {
  const own = await openKeys(operator(), {
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  await own.getByText('Busy backend').waitFor();
  await own.getByRole('checkbox', { name: /^Select all/ }).check();
  await expectAccessible(own, 'the list');
  await own.getByRole('button', { name: /^Revoke \d/ }).click();
  await expectAccessible(own, 'the question');
  await own.getByRole('button', { name: 'Cancel' }).click();
  await own.keyboard.press('Control+k');
  await own.getByRole('combobox', { name: /Find a key/ }).waitFor();
  await own.keyboard.type('importer');
  await own.getByRole('option', { name: /Dormant/ }).waitFor();
  await expectAccessible(own, 'the commands');
  await own.context().close();
}, 180_000);

test('the commands and the questions are fetched when they are first wanted', async () => {
  const context = await browser.newContext({ storageState: await page.context().storageState() });
  const fresh = await context.newPage();
  const scripts: string[] = [];
  fresh.on('requestfinished', (request) => {
    scripts.push(request.url());
  });
  const isLoaded = (name: string) => scripts.some((url) => url.includes(`/${name}-`));
  await fresh.goto(home);
  await fresh.getByText('Busy backend').waitFor();
  await fresh.waitForLoadState('networkidle');
  expect(['command-palette', 'bulk-dialog', 'revoke-key-dialog'].filter(isLoaded)).toEqual([]);
  await fresh.keyboard.press('Control+k');
  await fresh.getByRole('combobox', { name: /Find a key/ }).waitFor();
  await expect.poll(() => isLoaded('command-palette'), patience).toBe(true);
  await context.close();
});
