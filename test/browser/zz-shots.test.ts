import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import { pingWebhook } from '@keyward/server/webhooks/ping-webhook';
import { test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { findHome, openAsOperator } from '../support/open-console.ts';
import { makeKey, putPresets } from '../support/tenants.ts';
import { startTestKeyward } from '../support/test-keyward.ts';
import { loopback, startReceiver } from '../support/webhook-receiver.ts';

const dir = '/tmp/w/shots/webhook-pages';
test('shots', { timeout: 240_000 }, async () => {
  await using keyward = await startTestKeyward({ webhookRanges: loopback });
  const browser = await launchBrowser();
  await putPresets(keyward, 'analytics', 'merchant', 'short-links');
  const page = await openAsOperator(browser, keyward);
  const home = await findHome(keyward);
  const shoot = async (name: string) => {
    for (const [w, scheme] of [
      [390, 'light'],
      [1280, 'light'],
      [1280, 'dark'],
      [1920, 'light'],
    ] as const) {
      await page.setViewportSize({ width: w, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForTimeout(250);
      await page.screenshot({ path: `${dir}/${name}-${w}-${scheme}.png`, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await page.goto(`${home}/webhooks`);
  await page.getByText('No webhooks yet').waitFor();
  await shoot('empty');
  await page.goto(`${home}/webhooks/new`);
  await page.getByRole('textbox', { name: 'Address' }).fill('http:/');
  await page.getByLabel('Chosen events').check();
  await page.getByLabel('All of News of keys').check();
  await page.getByText('Only some keys').click();
  await shoot('create');
  await using ok = await startReceiver();
  await page.getByRole('textbox', { name: 'Address' }).fill(ok.url);
  await page.getByRole('textbox', { name: 'Description' }).fill('Billing');
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByText('Store this secret now').waitFor();
  await shoot('secret');
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await page.getByRole('button', { name: 'Send a test event' }).click();
  await page.getByText('The test event arrived').waitFor();
  await shoot('detail-new');
  // failing
  await using bad = await startReceiver();
  bad.answer = (r) =>
    void r
      .writeHead(503, { 'content-type': 'text/html' })
      .end('<h1>Service Unavailable</h1>\nThe upstream is down.');
  const { webhook: failing } = await createWebhook(
    keyward.context,
    {
      url:
        bad.url +
        '/very/long/path/that/leads/to/some/where?token=abcdefghijklmnopqrstuvwxyz0123456789',
      description: 'Team chat',
      events: ['key.created', 'key.revoked', 'webhook.disabled'],
      kinds: ['bot'],
      services: ['keyward', 'merchant'],
    },
    loopback,
  );
  await using gone = await startReceiver();
  gone.answer = (r) => void r.writeHead(410).end('gone');
  const { webhook: dead } = await createWebhook(
    keyward.context,
    { url: gone.url, description: 'Old importer' },
    loopback,
  );
  await createWebhook(
    keyward.context,
    { url: 'https://hooks.example.com/keyward', enabled: false },
    [],
  );
  for (let i = 0; i < 3; i += 1) await makeKey(keyward);
  await page.waitForTimeout(3000);
  await keyward.database.execute(
    `update webhook_deliveries set status = 'failed', next_attempt_at = null where id = (select max(id) from webhook_deliveries where endpoint_id = '${failing.id}')`,
  );
  await pingWebhook(keyward.context, dead.id);
  await page.waitForTimeout(1500);
  await page.goto(`${home}/webhooks`);
  await page.getByText('Team chat').waitFor();
  await shoot('list');
  await page.goto(`${home}/webhooks/${failing.id}`);
  await page.getByText('Failing').waitFor();
  await page.locator('summary').filter({ hasText: 'key.created' }).first().click();
  await page.waitForTimeout(500);
  await page.getByText('Request headers').first().click();
  await shoot('detail-failing');
  await page.goto(`${home}/webhooks/${dead.id}`);
  await page.getByText('Disabled by Keyward').waitFor();
  await shoot('detail-gone');
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${dir}/edit.png` });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${dir}/menu.png` });
  await page.getByRole('menuitem', { name: 'Rotate the secret' }).click();
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${dir}/rotate.png` });
  await browser.close();
});
