import { createKey } from '@keyward/server/keys/create-key';
import { getKeyActivity } from '@keyward/server/keys/get-key-activity';
import { keyActivityInput } from '@keyward/shared/usage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let acme: TestOrganization;
let bot: string;
let mine: string;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  bot = (await createKey(acme.admin, keyInput({ service: 'keyward' }))).key.id;
  mine = (await createKey(acme.member, keyInput({ service: 'keyward', kind: 'user' }))).key.id;
  // The hours at both ends of the first day and of today, and the last one before the seven.
  await store.sql`
    insert into key_usage (key_id, hour, outcome, count)
    select ${bot}, date_trunc('day', now(), 'UTC') + make_interval(hours => hours), outcome, count
    from (values (0, 'VALID', 7), (0, 'RATE_LIMITED', 2), (0, 'EXPIRED', 1), (-1, 'VALID', 5),
      (-24, 'VALID', 4), (-144, 'REVOKED', 3), (-145, 'VALID', 100)) as row(hours, outcome, count)`;
});
afterAll(() => store[Symbol.asyncDispose]());

const daysOf = async (ids: string[], context = acme.admin) =>
  (await getKeyActivity(context, { ids })).map(({ id, days }) => ({
    id,
    counts: days.map(({ valid, refused }) => [valid, refused]),
  }));

const quiet = Array.from({ length: 7 }, () => [0, 0]);

test('tells seven whole days in UTC, oldest first, those without a call too', async () => {
  const [activity] = await getKeyActivity(acme.admin, { ids: [bot] });
  expect(await daysOf([bot])).toEqual([
    { id: bot, counts: [[0, 3], ...quiet.slice(0, 4), [9, 0], [7, 3]] },
  ]);
  const [{ today } = { today: '' }] = await store.sql<{ today: string }[]>`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as today`;
  const end = Date.parse(`${today}T00:00:00.000Z`);
  expect(activity?.days.map(({ at }) => at)).toEqual(
    [6, 5, 4, 3, 2, 1, 0].map((back) => new Date(end - back * 86_400_000).toISOString()),
  );
});

test('tells nothing of a key that the actor may not see', async () => {
  const other = await store.organization();
  const theirs = (await createKey(other.admin, keyInput({ service: 'keyward' }))).key.id;
  const all = [bot, mine, theirs, 'key_nothing'];
  expect((await daysOf(all)).map(({ id }) => id).sort()).toEqual([bot, mine].sort());
  expect(await daysOf(all, acme.member)).toEqual([{ id: mine, counts: quiet }]);
  expect((await daysOf(all, other.admin)).map(({ id }) => id)).toEqual([theirs]);
});

test('a key needs both apiKeys:read and usage:read', async () => {
  for (const permission of ['apiKeys:read', 'usage:read'] as const) {
    const refusal = await refusalOf(getKeyActivity(await acme.bot([permission]), { ids: [bot] }));
    expect(refusal.code).toBe('insufficient_permissions');
  }
  const reader = await acme.bot(['apiKeys:read', 'usage:read']);
  expect(await getKeyActivity(reader, { ids: [bot] })).toHaveLength(1);
});

test('takes up to 200 keys', () => {
  const ids = (count: number) => ({ ids: Array.from({ length: count }, () => bot) });
  expect(keyActivityInput.safeParse(ids(200)).success).toBe(true);
  expect(keyActivityInput.safeParse(ids(201)).success).toBe(false);
  expect(keyActivityInput.safeParse(ids(0)).success).toBe(false);
});
