import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { consoleClient } from '../support/console-client.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole } from '../support/open-console.ts';
import { type Demo, startDemo } from '../support/start-demo.ts';
import { untilShown } from '../support/until-shown.ts';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
/** With KEYWARD_PICTURES the pictures of the README are kept; otherwise it is seen that they can be made. */
const areKept = process.env.KEYWARD_PICTURES !== undefined;

let demo: Demo;
let browser: Browser;
/** Where each picture is taken, by its name. */
let pages: Record<string, string>;
beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  await mkdir(folder, { recursive: true });
  pages = await findPages();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
});

async function findPages(): Promise<Record<string, string>> {
  const visitor = consoleClient(demo.url);
  await visitor.trpc.account.signIn.mutate({ email: demo.email, password: demo.password });
  const organizations = await visitor.trpc.organizations.list.query();
  const northwind = organizations.find(({ slug }) => slug === 'northwind-demo');
  const within = visitor.within(northwind?.id ?? '');
  const { data: keys } = await within.keys.list.query({ limit: 200 });
  const rotating = keys.find(({ secrets }) => secrets.length === 2);
  const busiest = keys.toSorted((a, b) => b.usage.totalRequests - a.usage.totalRequests)[0];
  const leaver = keys.find(({ kind, user }) => kind === 'user' && user?.name === 'Jonas Weber');
  const home = `${demo.url}/o/northwind-demo`;
  return {
    overview: `${home}/overview`,
    keys: `${home}/keys`,
    key: `${home}/keys/${busiest?.id}?range=30d`,
    rotation: `${home}/keys/${rotating?.id}/secrets`,
    create: `${home}/keys/new?service=contracts`,
    offboarding: `${home}/members/${leaver?.user?.id}/remove`,
  };
}

test('six pages of the demo can be pictured, and axe finds nothing on them in light or dark', async () => {
  const page = await openConsole(browser, demo.url, demo);
  for (const [name, address] of Object.entries(pages)) {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(address);
    await untilShown(page);
    const picture = await page.screenshot(areKept ? { path: `${folder}/${name}.png` } : {});
    expect(picture.length, name).toBeGreaterThan(20_000);
    await expectAccessible(page, name);
  }
}, 120_000);
