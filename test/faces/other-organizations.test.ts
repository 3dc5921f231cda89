import { createId } from '@keyward/server/database/create-id';
import { routes } from '@keyward/server/rest/routes';
import { appRouter } from '@keyward/server/trpc/app-router';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem, withoutRequestId } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import { restClient } from '../support/rest-client.ts';
import { builtInPermissions, routeName, sampleOf, verbOf } from '../support/route-samples.ts';
import {
  makeKey,
  makeMember,
  makeTenant,
  putPresets,
  type SignedIn,
  signInMember,
  type Tenant,
} from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders, procedures } from '../support/trpc-call.ts';

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

/** By its id: what another organization has, what does not exist, and what is no id at all. */
async function unknownIds(parameter: string): Promise<string[]> {
  const foreign = { organizationId: theirs.id };
  const theirId =
    parameter === 'userId'
      ? (await makeMember(keyward, foreign)).user.id
      : (await makeKey(keyward, foreign)).key.id;
  const kind = parameter === 'userId' ? 'user' : 'key';
  return [theirId, createId(kind), createId(kind), `${kind}_nonsense`, 'nonsense', theirs.id];
}

// An operator's calls know every organization, and services belong to none.
const withIds = routes.flatMap((route) => {
  const parameter = /\{(id|userId)\}/.exec(route.path)?.[1];
  const isOurs = parameter !== undefined && route.permission !== 'operator';
  return isOurs ? [[routeName(route), route, parameter] as const] : [];
});

test.each(withIds)(
  '8: %s: another organization’s id answers byte for byte as an unknown one',
  async (_, route, parameter) => {
    const { secret } = await makeKey(keyward, {
      organizationId: ours.id,
      permissions: [...builtInPermissions],
    });
    const rest = restClient(keyward.url, secret);
    const { call, path } = await sampleOf(route, keyward);
    const ids = await unknownIds(parameter);
    const before = await countRowsButUsage(keyward.databaseUrl);
    const answers = new Set<string>();
    for (const id of ids) {
      const unknown = route.path.replace(`{${parameter}}`, id) + path.replace(/^[^?]*/, '');
      const answer = await rest(verbOf(route), unknown, call);
      expectProblem(answer, 404, 'not_found');
      answers.add(withoutRequestId(answer));
    }
    expect(answers.size).toBe(1);
    expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(before);
  },
);

/** Beside the id, what a procedure needs to be called at all. */
const otherInput: Record<string, Record<string, unknown>> = {
  'keys.update': { changes: { name: 'renamed' } },
  'keys.confirmStored': { last4: 'AbCd' },
  'keys.endRotation': { action: 'finish' },
  'keys.handOver': { name: 'in its place' },
  'members.changeRole': { role: 'admin' },
  'webhooks.update': { changes: { enabled: false } },
};

const operatorProcedures = ['organizations.update'];
const withIdInputs = procedures(appRouter).flatMap(({ path, type, inputNames }) => {
  const parameter = inputNames.find((name) => name === 'id' || name === 'userId');
  return parameter === undefined || operatorProcedures.includes(path)
    ? []
    : [[path, parameter, type] as const];
});

test('there are calls and procedures with an id to try', () => {
  expect(withIds.length).toBeGreaterThanOrEqual(2);
  const paths = withIdInputs.map(([path]) => path);
  expect(paths).toEqual(expect.arrayContaining(['keys.get', 'keys.revoke']));
});

test.each(withIdInputs)(
  '8: %s: another organization’s %s answers byte for byte as an unknown one',
  async (path, parameter) => {
    const { secret } = await makeKey(keyward, {
      organizationId: ours.id,
      permissions: [...builtInPermissions],
    });
    const byKey = { Authorization: `Bearer ${secret}` };
    const bySession = {
      ...consoleHeaders,
      Cookie: owner.cookies(),
      'X-Keyward-Organization': ours.id,
    };
    const ids = await unknownIds(parameter);
    for (const headers of [byKey, bySession] as Record<string, string>[]) {
      const answers = new Set<string>();
      for (const id of ids) {
        const input = { [parameter]: id, ...otherInput[path] };
        const answer = await callTrpc(keyward.url, path, input, headers);
        const code = answer.body.error?.data.keyward.code;
        // What only a person may do is refused to a key before anything is looked up.
        const isForPeople = headers === byKey && code === 'insufficient_permissions';
        expect([answer.status, code], answer.text).toEqual(
          isForPeople ? [403, 'insufficient_permissions'] : [404, 'not_found'],
        );
        answers.add(withoutRequestId(answer));
      }
      expect(answers.size).toBe(1);
    }
  },
);

test('8: a list holds nothing of another organization, wherever it is made to begin', async () => {
  const tenant = await makeTenant(keyward);
  const own = tenant.manager.key.id;
  const foreign = await makeKey(keyward, { organizationId: theirs.id });
  const list = async (query: string) => {
    const { body } = await contract.client(tenant.manager.secret)('GET', `/v1/keys${query}`);
    return body.data.map((key: { id: string }) => key.id);
  };
  expect(await list('')).toEqual([own]);
  expect(await list(`?cursor=${foreign.key.id}`)).toEqual([own]);
  expect(await list(`?q=${foreign.key.last4}`)).toEqual([]);
  const member = await signInMember(keyward, { organizationId: tenant.id, role: 'owner' });
  const page = await member.within(tenant.id).keys.list.query({});
  expect(page.data.map((key) => key.id)).toEqual([own]);
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
