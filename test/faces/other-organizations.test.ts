import { createId } from '@keyward/server/database/create-id';
import { routes } from '@keyward/server/rest/routes';
import { appRouter } from '@keyward/server/trpc/app-router';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { countRows } from '../support/database-contents.ts';
import { expectProblem, withoutRequestId } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import { restClient } from '../support/rest-client.ts';
import {
  makeKey,
  makeTenant,
  putPresets,
  type SignedIn,
  signInMember,
  type Tenant,
} from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, procedures } from '../support/trpc-call.ts';

let keyward: TestKeyward;
let contract: Contract;
let ours: Tenant;
let theirs: Tenant;
let owner: SignedIn;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant');
  contract = await readContract(keyward.url);
  ours = await makeTenant(keyward);
  theirs = await makeTenant(keyward);
  owner = await signInMember(keyward, { organizationId: ours.id, role: 'owner' });
});
afterAll(() => keyward[Symbol.asyncDispose]());

/** By its id: a key of another organization, keys that do not exist, and what is no id at all. */
async function unknownIds(): Promise<string[]> {
  const { key } = await makeKey(keyward, { organizationId: theirs.id });
  return [key.id, createId('key'), createId('key'), 'key_nonsense', 'nonsense', theirs.id];
}

const withIds = routes.filter(({ path }) => path.includes('{id}'));

test('there are calls with an id to try', () => {
  expect(withIds.length).toBeGreaterThanOrEqual(2);
});

test.each(withIds.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s: another organization’s id answers byte for byte as an unknown one',
  async (_, route) => {
    const rest = restClient(keyward.url, ours.manager.secret);
    const answers = new Set<string>();
    const before = await countRows(keyward.databaseUrl);
    const ids = await unknownIds();
    for (const id of ids) {
      const answer = await rest(route.method.toUpperCase(), route.path.replace('{id}', id));
      expectProblem(answer, 404, 'not_found');
      answers.add(withoutRequestId(answer));
    }
    expect(answers.size).toBe(1);
    const after = await countRows(keyward.databaseUrl);
    expect(after['public.audit_events']).toBe((before['public.audit_events'] ?? 0) + 1);
    const theirKey = await restClient(keyward.url, theirs.manager.secret)(
      'GET',
      `/v1/keys/${ids[0]}`,
    );
    expect(theirKey.body.status).toBe('active');
  },
);

/** Beside `id`, what a procedure needs to be called at all. */
const otherInput: Record<string, Record<string, unknown>> = {};

const withIdInputs = procedures(appRouter).filter((procedure) =>
  procedure.inputNames.includes('id'),
);

test('there are procedures with an id to try', () => {
  expect(withIdInputs.map((procedure) => procedure.path)).toEqual(
    expect.arrayContaining(['keys.get', 'keys.revoke']),
  );
});

test.each(withIdInputs.map((procedure) => [procedure.path]))(
  '%s: another organization’s id answers byte for byte as an unknown one',
  async (path) => {
    for (const headers of [
      { Authorization: `Bearer ${ours.manager.secret}` },
      {
        Cookie: owner.cookies(),
        'Sec-Fetch-Site': 'same-origin',
        'X-Keyward-Client': 'console',
        'X-Keyward-Organization': ours.id,
      },
    ]) {
      const answers = new Set<string>();
      for (const id of await unknownIds()) {
        const answer = await callTrpc(keyward.url, path, { id, ...otherInput[path] }, headers);
        expect(answer.status).toBe(404);
        expect(answer.body.error.data.keyward.code).toBe('not_found');
        answers.add(withoutRequestId(answer));
      }
      expect(answers.size).toBe(1);
    }
  },
);

test('a list holds nothing of another organization', async () => {
  await makeKey(keyward, { organizationId: theirs.id });
  const { body } = await contract.client(ours.manager.secret)('GET', '/v1/keys');
  expect(body.data.map((key: { id: string }) => key.id)).toEqual([ours.manager.key.id]);
  const page = await owner.within(ours.id).keys.list.query({});
  expect(page.data.map((key) => key.id)).toEqual([ours.manager.key.id]);
  const cursor = theirs.manager.key.id;
  const after = await contract.client(ours.manager.secret)('GET', `/v1/keys?cursor=${cursor}`);
  const seen = after.body.data.map((key: { id: string }) => key.id);
  expect(seen.filter((id: string) => id !== ours.manager.key.id)).toEqual([]);
});

test('an organization that an ordinary key names is its own, or unknown like any other', async () => {
  const rest = contract.client(ours.manager.secret);
  const list = (organization: string) =>
    rest('GET', '/v1/keys', { headers: { 'X-Keyward-Organization': organization } });
  expect((await list(ours.id)).status).toBe(200);
  const answers = new Set<string>();
  for (const organization of [
    theirs.id,
    keyward.bootstrap.organizationId,
    createId('organization'),
    'org_',
    'garbage',
    ours.slug,
    `${ours.id},${ours.id}`,
    "'",
  ]) {
    const answer = await list(organization);
    expectProblem(answer, 404, 'not_found');
    answers.add(withoutRequestId(answer));
  }
  expect(answers.size).toBe(1);
  const body = { name: 'x', service: 'merchant', permissions: [] };
  const made = await rest('POST', '/v1/keys', {
    body,
    headers: { 'X-Keyward-Organization': theirs.id },
  });
  expectProblem(made, 404, 'not_found');
});

test('X-Keyward-Organization twice is refused', async () => {
  const answer = await sendRaw(keyward.url, {
    path: '/v1/keys',
    headers: [
      ['Authorization', `Bearer ${keyward.bootstrap.secret}`],
      ['X-Keyward-Organization', ours.id],
      ['X-Keyward-Organization', theirs.id],
    ],
  });
  expectProblem(answer, 400, 'invalid_request');
});

test('the operator’s key acts in the organization that it names, and in no unknown one', async () => {
  const operator = contract.client(keyward.bootstrap.secret);
  const headers = { 'X-Keyward-Organization': theirs.id };
  const body = { name: 'made from outside', service: 'merchant', permissions: [] };
  const made = await operator('POST', '/v1/keys', { body, headers });
  expect(made.status).toBe(201);
  const path = `/v1/keys/${made.body.key.id}`;
  expectProblem(await operator('GET', path), 404, 'not_found');
  expect((await operator('GET', path, { headers })).body).toEqual(made.body.key);
  const own = await contract.client(theirs.manager.secret)('GET', path);
  expect(own.body).toEqual(made.body.key);
  const verified = await contract.client(theirs.manager.secret)('POST', '/v1/keys/verify', {
    body: { key: made.body.secret },
  });
  expect(verified.body).toMatchObject({ valid: true, organization: { id: theirs.id } });
  expect((await operator('DELETE', path, { headers })).status).toBe(200);
  for (const organization of [createId('organization'), 'garbage', 'org_']) {
    const unknown = await operator('GET', '/v1/keys', {
      headers: { 'X-Keyward-Organization': organization },
    });
    expectProblem(unknown, 404, 'not_found');
  }
});

test('a user names an organization of theirs; any other is unknown, and none is refused', async () => {
  expect((await owner.within(ours.id).keys.list.query({})).data.length).toBeGreaterThan(0);
  const codeOf = (organizationId: string) =>
    owner
      .within(organizationId)
      .keys.list.query({})
      .then(
        () => 'done',
        (error) => error.data.keyward.code,
      );
  for (const organizationId of [theirs.id, createId('organization'), 'garbage', ours.slug]) {
    expect(await codeOf(organizationId)).toBe('not_found');
  }
  await expect(owner.trpc.keys.list.query({})).rejects.toMatchObject({
    data: { keyward: { code: 'invalid_request' } },
  });
});

test('a member sees their own keys alone, and another member’s is unknown to them', async () => {
  const member = await signInMember(keyward, { organizationId: ours.id });
  const within = member.within(ours.id);
  const { key } = await within.keys.create.mutate({
    kind: 'user',
    name: 'mine',
    service: 'merchant',
    permissions: ['products:read'],
  });
  expect((await within.keys.list.query({})).data.map((one) => one.id)).toEqual([key.id]);
  for (const id of [ours.manager.key.id, createId('key')]) {
    const refused = { data: { keyward: { code: 'not_found' } } };
    await expect(within.keys.get.query({ id })).rejects.toMatchObject(refused);
    await expect(within.keys.revoke.mutate({ id })).rejects.toMatchObject(refused);
  }
});
