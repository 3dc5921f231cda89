import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator, openConsole } from '../support/open-console.ts';
import { restClient } from '../support/rest-client.ts';
import { makeMember, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { uniqueName } from '../support/unique-name.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;

beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'contracts', 'short-links');
  browser = await launchBrowser();
  home = await findHome(keyward);
  page = await openAsOperator(browser, keyward);
});
beforeEach(async () => {
  await page.goto(`${home}/keys/import`);
  await page.getByRole('heading', { name: 'Import keys' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const paste = async (text: string) => {
  await page.getByRole('textbox', { name: 'Or paste its text' }).fill(text);
  await page.getByRole('button', { name: 'Check it' }).click();
};
const verify = async (key: string) => {
  const operator = restClient(keyward.url, keyward.bootstrap.secret);
  const { body } = await operator('POST', '/v1/keys/verify', { body: { key } });
  return body.code;
};

test('keys of a table go on working, by the hashes of their secrets', async () => {
  const secret = uniqueName('made-elsewhere');
  await page.getByRole('combobox', { name: /^Service of the keys/ }).selectOption('short-links');
  await paste(
    [
      'name,permissions,secretSha256,last4,externalId',
      `Old importer,shortLinks:read shortLinks:create,${sha256(secret)},${secret.slice(-4)},`,
      `"Partner, the second",,${sha256(uniqueName('other'))},,customer-7`,
    ].join('\r\n'),
  );
  await page.getByText('2 for short-links').waitFor();
  await expectAccessible(page, 'what was found');
  await page.getByRole('button', { name: 'Import 2 keys' }).click();
  await page.getByText('Done: 2 imported.').waitFor();
  expect(await verify(secret)).toBe('VALID');
  await page.getByRole('link', { name: 'See the keys' }).click();
  await page.getByRole('link', { name: 'Partner, the second' }).first().waitFor();
});

test('each wrong line is told with its place, and nothing is sent', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await paste(
    [
      { name: 'Good', secretSha256: sha256(uniqueName('good')) },
      { name: 'No hash', secretSha256: 'abc' },
      { name: 'Told too much', secret: 'slk_live_plain' },
      { secretSha256: sha256(uniqueName('nameless')) },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );
  await page.getByText('3 things are wrong').waitFor();
  const issues = await page.getByRole('listitem').filter({ hasText: /^line/ }).allInnerTexts();
  expect(issues).toEqual([
    'line 2: secretSha256: Write the SHA-256 of the secret as 64 hex digits.',
    'line 3: Leave the secret itself out. Keyward takes only its SHA-256, in hex, as secretSha256.',
    'line 4: name: This field is missing.',
  ]);
  await expectAccessible(page, 'what is wrong');
  expect(asked.filter((url) => url.includes('keys.import'))).toEqual([]);
});

test('a refusal midway keeps what was imported, says which key it was, and can be gone on from', async () => {
  const operator = restClient(keyward.url, keyward.bootstrap.secret);
  const keys = Array.from({ length: 450 }, (_, index) => ({
    name: `Bulk ${index + 1}`,
    service: 'short-links',
    secretSha256: sha256(uniqueName('bulk')),
    ...(index === 320 && { tier: 'no-such-tier' }),
  }));
  const file = { name: 'keys.json', mimeType: 'application/json' };
  const choose = async () => {
    const buffer = Buffer.from(JSON.stringify({ keys }));
    await page.getByLabel('File').setInputFiles({ ...file, buffer });
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByRole('button', { name: 'Import 450 keys' }).click();
  };
  await choose();
  await page.getByText('Ended at 200 of 450: 200 imported. These stay.').waitFor();
  await page
    .getByText(/^key 321: /)
    .first()
    .waitFor();
  await expectAccessible(page, 'a refusal midway');
  await page.getByRole('button', { name: 'Change the text' }).click();
  delete keys[320]?.tier;
  await choose();
  await page.getByText('Done: 250 imported, 200 were here already.').waitFor({ timeout: 60_000 });
  const { body } = await operator('GET', `/v1/keys?q=${encodeURIComponent('Bulk 450')}`);
  expect(body.data).toHaveLength(1);
}, 120_000);

test('after a refusal the text and the service are there to be changed', async () => {
  const secretSha256 = sha256(uniqueName('refused'));
  const refused = { name: 'Refused', tier: 'no-such-tier', secretSha256 };
  await paste(JSON.stringify(refused));
  await page.getByRole('button', { name: 'Import 1 key' }).click();
  await page.getByText('Ended at 0 of 1').waitFor();
  await page.getByRole('button', { name: 'Change the text' }).click();
  const pasted = page.getByRole('textbox', { name: 'Or paste its text' });
  expect(await pasted.inputValue()).toBe(JSON.stringify(refused));
}, 60_000);

test('a member is told who may import', async () => {
  const { user, password } = await makeMember(keyward, keyward.bootstrap);
  const theirs = await openConsole(browser, keyward.url, { email: user.email, password });
  await theirs.goto(`${home}/keys`);
  await theirs.getByRole('link', { name: 'Create key' }).first().waitFor();
  expect(await theirs.getByRole('link', { name: 'Import' }).count()).toBe(0);
  await theirs.goto(`${home}/keys/import`);
  await theirs.getByRole('heading', { name: 'This is for owners and admins' }).waitFor();
  await theirs.context().close();
});
