import { expect, test } from 'vitest';
import { consoleClient } from '../support/console-client.ts';
import { createInstallation, kill } from '../support/served-keyward.ts';
import { createTestDatabase } from '../support/test-database.ts';

test('a start with --demo tells how to sign in, and the next one goes on with the same demo', {
  timeout: 90_000,
}, async () => {
  await using database = await createTestDatabase();
  await using installation = await createInstallation({ DATABASE_URL: database.url });
  const command = [process.execPath, 'server/src/main.ts', '--demo'] as const;
  const first = await installation.start(...command);
  const [, password = ''] = /with the password ([\d-]+)\./.exec(first.output()) ?? [];
  expect(first.output()).not.toContain('the first account becomes');
  const visitor = consoleClient(first.url);
  await visitor.trpc.account.signIn.mutate({ email: 'demo@keyward.example', password });
  expect(await visitor.trpc.account.session.query()).toMatchObject({ isDemo: true });
  const [organization] = await visitor.trpc.organizations.list.query();
  expect(organization?.name).toContain('(demo)');
  const page = await visitor.within(organization?.id ?? '').keys.list.query({ limit: 100 });
  expect(page.data.length).toBeGreaterThan(20);
  kill(first.process.pid, 'SIGTERM');
  expect(await first.ended()).toBe(0);

  const second = await installation.start(...command);
  expect(second.output()).toContain('made before');
  kill(second.process.pid, 'SIGTERM');
  expect(await second.ended()).toBe(0);
});
