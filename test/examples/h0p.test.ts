import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExampleStage, stageExample } from '../support/example.ts';
import { testGuard } from './beside-the-page.ts';
import {
  aMoment,
  aText,
  type Case,
  type StandIns,
  sendDocumented,
  testCases,
} from './documented.ts';

// The page names a header, resources and actions, and leaves host and paths to be filled in.
const standIns: StandIns = {};
let stage: ExampleStage;
beforeAll(async () => {
  stage = await stageExample('h0p');
  const { url, credentials } = stage.example;
  Object.assign(standIns, {
    'https://h0p.example': url,
    YOUR_API_KEY: credentials.botKey,
    USER_KEY: credentials.userKey,
    ANALYTICS_KEY: credentials.analyticsKey,
    STRANGERS_KEY: credentials.otherOrganizationKey,
    OWN_LINK: credentials.linkId,
    STRANGERS_LINK: credentials.otherOrganizationLinkId,
  });
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const methods = { create: 'POST', read: 'GET', update: 'PATCH', delete: 'DELETE' } as const;
type Action = keyof typeof methods;

const call = (key: string, action: Action, path: string, body?: object) => ({
  method: methods[action],
  url: `https://h0p.example/api/${path}`,
  headers: { 'x-api-key': key, 'Content-Type': 'application/json' },
  ...(body && { body }),
});
const unauthorized = { status: 401, body: { error: 'Unauthorized', message: aText } };
const forbidden = { status: 403, body: { error: 'Forbidden', message: aText } };
const link = { url: 'https://example.com/launch' };

testCases(
  [
    {
      title: 'Using your API key: in the header x-api-key',
      request: `curl https://h0p.example/api/shortLinks -H "x-api-key: YOUR_API_KEY"`,
      expect: { status: 200, body: [expect.objectContaining({ url: aText })] },
    },
    {
      title: 'Using your API key: POST request example',
      request: `curl -X POST https://h0p.example/api/shortLinks \\
  -H "x-api-key: YOUR_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"url": "https://example.com/launch"}'`,
      expect: { status: 201, body: { ...link, id: aText, createdBy: 'Bot' } },
    },
    {
      title: 'User keys: actions appear under your name',
      request: call('USER_KEY', 'create', 'shortLinks', link),
      expect: { status: 201, body: { ...link, id: aText, createdBy: 'Ada' } },
    },
    {
      title: '401: missing x-api-key header',
      request: { method: 'GET', url: 'https://h0p.example/api/shortLinks' },
      expect: unauthorized,
    },
    {
      title: '401: typo in the API key',
      request: call('YOUR_API_KEYx', 'read', 'shortLinks'),
      expect: unauthorized,
    },
    {
      title: '401: wrong header name (Authorization)',
      request: {
        method: 'GET',
        url: 'https://h0p.example/api/shortLinks',
        headers: { Authorization: 'Bearer YOUR_API_KEY' },
      },
      expect: unauthorized,
    },
    {
      title: 'Use minimal permissions: stats: ["read"] reads statistics',
      request: call('ANALYTICS_KEY', 'read', 'stats'),
      expect: { status: 200, body: [expect.objectContaining({ clicks: expect.any(Number) })] },
    },
    {
      title: '403: no permission for this resource',
      request: call('ANALYTICS_KEY', 'read', 'shortLinks'),
      expect: forbidden,
    },
    ...(['read', 'update', 'delete'] as const).flatMap((action) => [
      {
        title: `403: ${action} a resource of another organization`,
        request: call(
          'YOUR_API_KEY',
          action,
          'shortLinks/STRANGERS_LINK',
          action === 'update' ? link : undefined,
        ),
        expect: forbidden,
      },
      {
        title: `403: ${action}, and the other way around`,
        request: call(
          'STRANGERS_KEY',
          action,
          'shortLinks/OWN_LINK',
          action === 'update' ? link : undefined,
        ),
        expect: forbidden,
      },
    ]),
    ...['nothing', 'x'.repeat(100)].map((id) => ({
      title: `403: apiKeys/${id.slice(0, 8)}, which is no key of this organization`,
      request: call('YOUR_API_KEY', 'delete', `apiKeys/${encodeURIComponent(id)}`),
      expect: forbidden,
    })),
    {
      title: 'the permission to create opens nothing that stands there already',
      request: call('YOUR_API_KEY', 'create', 'shortLinks/OWN_LINK', link),
      expect: { status: 404, body: { error: 'Error', message: aText } },
    },
    {
      title: 'Attribution cannot be chosen by the caller',
      request: call('USER_KEY', 'update', 'shortLinks/OWN_LINK', { createdBy: 'Eve', id: 'x' }),
      expect: { status: 200, body: expect.objectContaining({ createdBy: 'Bot' }) },
    },
    {
      title: '403: it is there all the same for its own organization',
      request: call('STRANGERS_KEY', 'read', 'shortLinks/STRANGERS_LINK'),
      expect: { status: 200, body: expect.objectContaining({ id: aText }) },
    },
    {
      title: 'View your keys: name, type, user or "Bot", permissions, date, last 4 characters',
      request: call('YOUR_API_KEY', 'read', 'apiKeys'),
      expect: {
        status: 200,
        body: expect.arrayContaining([
          {
            id: aText,
            name: 'Analytics dashboard',
            type: 'bot',
            user: 'Bot',
            permissions: { stats: ['read'] },
            createdAt: aMoment,
            last4: expect.stringMatching(/^.{4}$/),
          },
          expect.objectContaining({ type: 'user', user: 'Ada' }),
        ]),
      },
    },
    {
      title: 'Creating an API key: shown only once',
      request: call('YOUR_API_KEY', 'create', 'apiKeys', {
        name: 'Link creation tool',
        permissions: { shortLinks: ['create'] },
      }),
      expect: {
        status: 201,
        body: expect.objectContaining({ key: expect.stringMatching(/^h0p_[0-9A-Za-z]{38}$/) }),
      },
      keep: ({ id, key }) => ({ TOOL_KEY: key, TOOL_ID: id }),
    },
    {
      title: 'Creating an API key: it may do that',
      request: call('TOOL_KEY', 'create', 'shortLinks', link),
      expect: { status: 201 },
    },
    {
      title: 'Creating an API key: and not delete',
      request: call('TOOL_KEY', 'delete', 'shortLinks/OWN_LINK'),
      expect: forbidden,
    },
    {
      title: 'Update key permissions',
      request: call('YOUR_API_KEY', 'update', 'apiKeys/TOOL_ID', {
        permissions: { shortLinks: ['read'] },
      }),
      expect: {
        status: 200,
        body: expect.objectContaining({ permissions: { shortLinks: ['read'] } }),
      },
    },
    {
      title: 'Update key permissions: the change counts at once',
      request: call('TOOL_KEY', 'create', 'shortLinks', link),
      expect: forbidden,
    },
    {
      title: '403: another organization’s key cannot be revoked',
      request: call('STRANGERS_KEY', 'delete', 'apiKeys/TOOL_ID'),
      expect: forbidden,
    },
    {
      title: 'Revoke a key',
      request: call('YOUR_API_KEY', 'delete', 'apiKeys/TOOL_ID'),
      expect: { status: 204 },
    },
    {
      title: '401: key has been revoked',
      request: call('TOOL_KEY', 'read', 'shortLinks'),
      expect: unauthorized,
    },
  ] satisfies Case[],
  standIns,
);

describe('Permissions: resources and actions', () => {
  // The two tables of the page. Its cells that mean nothing, such as to create statistics, stay shut.
  const resources = ['shortLinks', 'domains', 'stats', 'files', 'apiKeys', 'webhooks'];
  const meaningless = ['stats:create', 'stats:update', 'stats:delete', 'files:update'];
  const cells = resources.flatMap((resource) =>
    (Object.keys(methods) as Action[]).map((action) => ({ resource, action })),
  );
  const nameOf = ({ resource, action }: (typeof cells)[number]) => `${resource}:${action}`;

  /** Tries a cell: 404 where it means nothing, else whether the key may. */
  const mayDo = async (key: string, cell: (typeof cells)[number]) => {
    const { resource, action } = cell;
    const needsId = action === 'update' || action === 'delete';
    const path = needsId ? `${resource}/nothing` : resource;
    const { status, body, text } = await sendDocumented(call(key, action, path), standIns);
    if (status === 404) {
      return 'meaningless';
    }
    expect(status, text).not.toBe(401);
    // Let in, a call may still fail for what it names: there is no such link, or nothing was sent.
    return body.message === `This API key may not ${action} ${resource}.` ? 'refused' : 'allowed';
  };

  test.each(cells)('$resource $action is granted alone', async (granted) => {
    const { call: keyward } = await stage.find(standIns.YOUR_API_KEY ?? '');
    const permissions = [nameOf(granted)].filter((name) => !meaningless.includes(name));
    const input = { name: nameOf(granted), service: 'short-links', permissions };
    const { body } = await keyward('POST', '/v1/keys', input);
    const found = await Promise.all(
      cells.map(async (cell) => [nameOf(cell), await mayDo(body.secret, cell)]),
    );
    const expected = cells.map(nameOf).map((name) => {
      const verdict = permissions.includes(name) ? 'allowed' : 'refused';
      return [name, meaningless.includes(name) ? 'meaningless' : verdict];
    });
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });
});

test('a key grants nothing that it does not hold itself', async () => {
  const { call: keyward } = await stage.find(standIns.YOUR_API_KEY ?? '');
  const maker = { name: 'Maker', service: 'short-links', permissions: ['apiKeys:create'] };
  const { body } = await keyward('POST', '/v1/keys', maker);
  const wanted = { name: 'Stronger', permissions: { shortLinks: ['delete'] } };
  const answer = await sendDocumented(call(body.secret, 'create', 'apiKeys', wanted), standIns);
  expect(answer).toMatchObject(forbidden);
});

test('User keys: deleted when you leave the organization; bot keys persist', async () => {
  const read = (key: string) => sendDocumented(call(key, 'read', 'shortLinks'), standIns);
  expect((await read('USER_KEY')).status).toBe(200);
  const { call: keyward } = await stage.find(standIns.USER_KEY ?? '');
  const members = await keyward('GET', '/v1/members');
  const ada = members.body.data.find((member: { name: string }) => member.name === 'Ada');
  const removed = await keyward('DELETE', `/v1/members/${ada.userId}`);
  expect(removed.status, removed.text).toBe(200);
  expect(await read('USER_KEY')).toMatchObject(unauthorized);
  expect((await read('YOUR_API_KEY')).status).toBe(200);
});

testGuard({
  name: 'h0p',
  stage: () => stage,
  standIns,
  request: call('YOUR_API_KEY', 'read', 'shortLinks'),
  async makeKey() {
    const { call: keyward } = await stage.find(standIns.YOUR_API_KEY ?? '');
    const input = { name: 'Staging', service: 'short-links', permissions: ['shortLinks:read'] };
    return (await keyward('POST', '/v1/keys', input)).body.secret;
  },
  standIn: 'YOUR_API_KEY',
  expectRefusal({ status, body, text }, expected) {
    expect(status, text).toBe(expected);
    expect(body).toEqual({ error: aText, message: aText });
  },
});
