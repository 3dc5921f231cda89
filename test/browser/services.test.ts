import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator, openConsole } from '../support/open-console.ts';
import { makeKey, makeMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  page = await openAsOperator(browser, keyward);
  home = await findHome(keyward);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const preview = () => page.getByRole('region', { name: 'Preview' });

/** Opens the dialog that imports a profile, and pastes a text into it. */
async function paste(profile: unknown): Promise<void> {
  await page.getByRole('button', { name: 'Import' }).click();
  await field('Or paste its text').fill(JSON.stringify(profile));
  await page.getByRole('button', { name: 'Check it' }).click();
}

describe('a service from nothing', () => {
  test('the preview follows what is written', async () => {
    await page.goto(`${home}/services/new`);
    await field('Name').fill('Weather API');
    expect(await field('Slug').inputValue()).toBe('weather-api');
    expect(await field('Live prefix').inputValue()).toBe('weather_api_live_');
    await preview().getByText('weather_api_live_EXAMPLE').first().waitFor();
    await field('Live prefix').fill('wx_live_');
    await field('Requests').fill('250');
    await preview().getByText('at most 250 requests an hour').waitFor();
    await page.getByRole('radio', { name: 'X-Api-Key' }).check();
    await preview().getByText("-H 'X-Api-Key: wx_live_EXAMPLE").waitFor();
    await page.getByRole('button', { name: 'Add a resource' }).click();
    await field('Resource name').fill('forecasts');
    await field('Resource description').fill('Forecasts');
    await page.getByRole('button', { name: /usual four actions/ }).click();
    await preview().getByRole('rowheader', { name: 'forecasts' }).waitFor();
    await page.getByRole('checkbox', { name: 'forecasts:read' }).check();
    await preview().getByText('granted at first').waitFor({ state: 'attached' });
  });

  test('what is wrong is shown at its field, and nothing is saved', async () => {
    await field('Live prefix').fill('Wrong');
    await page.getByRole('button', { name: 'Create service' }).click();
    await page.getByText(/Use lower-case letters, digits and _/).waitFor();
    expect(await field('Description').getAttribute('aria-invalid')).toBe('true');
    await page.getByText('2 fields need another look').waitFor();
    await field('Live prefix').fill('wx_live_');
    await field('Description').fill('Forecasts for every place.');
  });

  test('it is created, and a key of it can be made', async () => {
    await page.getByRole('button', { name: 'Create service' }).click();
    await page.waitForURL(`${home}/services/weather-api`);
    await page.getByRole('heading', { name: 'Weather API', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Create a key of Weather API' }).click();
    await page.getByRole('heading', { name: 'Create key', level: 1 }).waitFor();
    const { secret } = await makeKey(keyward, {
      service: 'weather-api',
      permissions: ['forecasts:*'],
    });
    expect(secret).toMatch(/^wx_live_/);
    const answer = await fetch(`${keyward.url}/v1/test`, { headers: { 'X-Api-Key': secret } });
    expect(await answer.json()).toMatchObject({ valid: true, service: 'weather-api' });
  });

  test('a slug that is taken is refused where it is written', async () => {
    await page.goto(`${home}/services/new`);
    await page.getByRole('radio', { name: 'Short Links API' }).check();
    await field('Slug').fill('weather-api');
    await page.getByRole('button', { name: 'Create service' }).click();
    await page.getByText('There is a service weather-api already').first().waitFor();
    expect(await field('Slug').getAttribute('aria-invalid')).toBe('true');
  });

  test('leaving with something unsaved asks first', async () => {
    await field('Name').fill('Something');
    await page.getByRole('link', { name: 'Services', exact: true }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    expect(page.url()).toBe(`${home}/services/new`);
    await page.getByRole('link', { name: 'Services', exact: true }).first().click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
  });
});

describe('a service that exists', () => {
  let exported: Record<string, unknown>;

  test('is exported as a file that says all of its profile', async () => {
    await page.goto(`${home}/services/weather-api`);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('weather-api.service.json');
    exported = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(exported).toMatchObject({
      slug: 'weather-api',
      defaults: { permissions: ['forecasts:read'] },
    });
    expect(exported).not.toHaveProperty('id');
  });

  test('a profile that is wrong is refused by its paths', async () => {
    await paste({ ...exported, kinds: [], colour: 'red' });
    const faults = page.getByRole('alert').filter({ hasText: '2 things are wrong' });
    expect(await faults.innerText()).toContain('kinds: Allow user keys, bot keys or both.');
    expect(await faults.innerText()).toContain('colour: A profile has no such field.');
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  test('an imported one says what would change, is taken over, looked at and saved', async () => {
    const limit = { limit: 60, windowSeconds: 60 };
    const [tier] = exported.tiers as object[];
    await paste({
      ...exported,
      slug: 'elsewhere',
      tiers: [
        { ...tier, rateLimit: limit },
        { ...tier, name: 'partner', description: 'Partners' },
      ],
      resources: [],
      defaults: { ...(exported.defaults as object), permissions: [] },
    });
    const changes = page.getByRole('region', { name: 'What would change' });
    await changes.getByText('Tier default: rate limit').waitFor();
    await changes.getByText('Resource forecasts').waitFor();
    await page.getByText('This service keeps its slug').waitFor();
    await page.getByRole('button', { name: 'Take it over' }).click();
    await page.getByText('4 unsaved changes').waitFor();
    await page.getByRole('button', { name: 'Review and save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save changes to Weather API' });
    await dialog.getByRole('deletion').filter({ hasText: '250 requests an hour' }).waitFor();
    await dialog.getByText(/Holds at once for 1 live key without a limit of its own/).waitFor();
    await expectAccessible(page, 'the last look');
    await dialog.getByRole('button', { name: 'Save 4 changes' }).click();
    await page.getByText(/True on the one node after/).waitFor();
    await page.getByText('Everything is saved').waitFor();
    const answer = await fetch(`${keyward.url}/v1/services/weather-api`, {
      headers: { Authorization: `Bearer ${keyward.bootstrap.secret}` },
    });
    expect(await answer.json()).toMatchObject({ slug: 'weather-api', resources: [] });
  });

  test('a tier that has keys stays: the last look says so before anything is sent', async () => {
    await page.getByRole('button', { name: 'Remove tier default' }).click();
    await page.getByRole('button', { name: 'Review and save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save changes to Weather API' });
    await dialog.getByText('Not possible').waitFor();
    expect(await dialog.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Everything is saved').waitFor();
  });

  test('disabled, its keys are refused at once, and enabled they work again', async () => {
    const { secret } = await makeKey(keyward, { service: 'weather-api', permissions: [] });
    const codeOf = async () => {
      const answer = await fetch(`${keyward.url}/v1/test`, { headers: { 'X-Api-Key': secret } });
      return ((await answer.json()) as { code: string }).code;
    };
    await page.getByRole('button', { name: 'Disable service' }).click();
    const dialog = page.getByRole('dialog', { name: 'Disable Weather API' });
    await dialog.getByText('2 live keys of one organization are refused at once').waitFor();
    await dialog.getByRole('checkbox').check();
    await keyward.database.execute(`update sessions set confirmed_at = now() - interval '1 hour'`);
    await dialog.getByRole('button', { name: 'Disable service' }).click();
    const confirmation = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await confirmation.getByRole('textbox', { name: 'Password' }).fill(operatorPassword);
    await confirmation.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Weather API is disabled').waitFor();
    expect(await codeOf()).toBe('service_disabled');
    await page.getByRole('button', { name: 'Enable service' }).click();
    await page.getByText('Weather API is enabled').waitFor();
    expect(await codeOf()).toBe('VALID');
  });
});

test('a member reads a service, and finds no way to change it', async () => {
  const { organizationId } = keyward.bootstrap;
  const { user, password } = await makeMember(keyward, { organizationId });
  const theirs = await openConsole(browser, keyward.url, { email: user.email, password });
  await theirs.goto(`${home}/services/weather-api`);
  await theirs.getByRole('heading', { name: 'Weather API', level: 1 }).waitFor();
  await theirs.getByText('wx_live_EXAMPLE').first().waitFor();
  expect(await theirs.getByRole('button', { name: /save|import|disable/i }).count()).toBe(0);
  await theirs.goto(`${home}/services/new`);
  await theirs.getByText(/only its operator adds to it/).waitFor();
  await theirs.goto(`${home}/services`);
  await theirs.getByRole('link', { name: 'Details of Weather API' }).waitFor();
  expect(await theirs.getByRole('link', { name: 'New service' }).count()).toBe(0);
  await theirs.context().close();
});

test('axe finds nothing on the editor in light or dark', async () => {
  await page.goto(`${home}/services/weather-api`);
  await page.getByRole('heading', { name: 'Weather API', level: 1 }).waitFor();
  await expectAccessible(page, 'the editor');
  await page.goto(`${home}/services/new`);
  await page.getByRole('radio', { name: 'Contracts API' }).check();
  await expectAccessible(page, 'a new service');
}, 120_000);
