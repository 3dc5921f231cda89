import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExampleStage, stageExample } from '../support/example.ts';
import { testGuard } from './beside-the-page.ts';
import {
  aMoment,
  type Case,
  type PlainRequest,
  type StandIns,
  sendDocumented,
  testCases,
} from './documented.ts';

// The page writes YOUR_SESSION_COOKIE, hk_live_abc123..., {site_id} and {client_id}.
const standIns: StandIns = {};
let stage: ExampleStage;
beforeAll(async () => {
  stage = await stageExample('hitkeep');
  const { url, credentials } = stage.example;
  Object.assign(standIns, credentials, {
    'https://your-hitkeep.example': url,
    YOUR_SESSION_COOKIE: credentials.sessionCookie,
    '{site_id}': credentials.siteId,
  });
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const anId = expect.stringMatching(/^01[0-9A-Z]{24}$/);
const aToken = expect.stringMatching(/^hk_live_[0-9A-Za-z]{38}$/);
const anError = { error: expect.any(String) };
const everything = ['sites:*', 'stats:*', 'goals:*'];
const client = (name: string, scopes = everything) => ({
  id: anId,
  name,
  scopes,
  created_at: aMoment,
  last_used_at: null,
});
const stats = { site_id: expect.any(String), pageviews: expect.any(Number) };
const readStats = `curl https://your-hitkeep.example/api/sites/{site_id}/stats \\
-H "Authorization: Bearer hk_live_abc123..."`;
const list = `curl https://your-hitkeep.example/api/user/api-clients \\
-b "hk_token=YOUR_SESSION_COOKIE"`;
const remove = `curl -X DELETE https://your-hitkeep.example/api/user/api-clients/{client_id} \\
-b "hk_token=YOUR_SESSION_COOKIE"`;

describe('the documented requests', () => {
  testCases(
    [
      {
        title: 'Make a client: the token is shown once',
        request: `curl -X POST https://your-hitkeep.example/api/user/api-clients \\
-H "Content-Type: application/json" \\
-b "hk_token=YOUR_SESSION_COOKIE" \\
-d '{"name":"grafana-reader"}'`,
        expect: {
          status: 201,
          headers: { 'cache-control': 'no-store' },
          body: { ...client('grafana-reader'), token: aToken },
        },
        keep: ({ id, token }) => ({ '{client_id}': id, 'hk_live_abc123...': token }),
      },
      {
        title: 'Pass the token as a Bearer token',
        request: readStats,
        expect: { status: 200, body: stats },
      },
      {
        title: 'This works for all authenticated API endpoints',
        request: `curl https://your-hitkeep.example/api/sites \\
-H "Authorization: Bearer hk_live_abc123..."`,
        expect: { status: 200, body: [{ id: expect.any(String), name: 'Blog' }] },
      },
      {
        title: 'List all clients',
        request: list,
        expect: {
          status: 200,
          body: [{ ...client('grafana-reader'), last_used_at: expect.toBeOneOf([null, aMoment]) }],
        },
      },
      {
        title: 'Rename a client',
        request: `curl -X PUT https://your-hitkeep.example/api/user/api-clients/{client_id} \\
-H "Content-Type: application/json" \\
-b "hk_token=YOUR_SESSION_COOKIE" \\
-d '{"name":"renamed-client"}'`,
        expect: {
          status: 200,
          body: { ...client('renamed-client'), last_used_at: expect.toBeOneOf([null, aMoment]) },
        },
      },
      {
        title: 'A renamed client’s token goes on',
        request: readStats,
        expect: { status: 200, body: stats },
      },
      { title: 'Delete a client', request: remove, expect: { status: 204, body: undefined } },
      {
        title: 'Delete a client: it immediately revokes the token',
        request: readStats,
        expect: { status: 401, body: anError },
      },
      { title: 'A deleted client is not listed', request: list, expect: { status: 200, body: [] } },
      {
        title: 'A deleted client cannot be deleted again',
        request: remove,
        expect: { status: 404, body: anError },
      },
    ],
    standIns,
  );
});

const as = (cookie: string, method: string, path: string, body?: object): PlainRequest => ({
  method,
  url: `https://your-hitkeep.example${path}`,
  headers: { Cookie: `other=1; hk_token=${cookie}`, 'Content-Type': 'application/json' },
  ...(body && { body }),
});
const by = (token: string, path: string): PlainRequest => ({
  method: 'GET',
  url: `https://your-hitkeep.example${path}`,
  headers: { Authorization: `Bearer ${token}` },
});
const mine = '/api/user/api-clients';
const ofTeam = '/api/teams/teamId/api-clients';

describe('what is planned: scopes for each token', () => {
  testCases(
    [
      {
        title: 'a token that may list sites',
        request: as('sessionCookie', 'POST', mine, { name: 'ci', scopes: ['sites:read'] }),
        expect: { status: 201, body: { ...client('ci', ['sites:read']), token: aToken } },
        keep: ({ id, token }) => ({ SCOPED_ID: id, SCOPED: token }),
      },
      { title: 'does', request: by('SCOPED', '/api/sites'), expect: { status: 200 } },
      {
        title: 'and reads no statistics',
        request: by('SCOPED', '/api/sites/{site_id}/stats'),
        expect: { status: 403, body: { error: 'This token lacks stats:read.' } },
      },
      ...[['stats:fly'], ['apiKeys:create'], ['keyward'], 'stats:read', [7]].map((scopes) => ({
        title: `${JSON.stringify(scopes)} is no list of scopes`,
        request: as('sessionCookie', 'POST', mine, { name: 'ci', scopes }),
        expect: { status: 400, body: anError },
      })),
    ],
    standIns,
  );
});

describe('what is planned: tokens of a team', () => {
  testCases(
    [
      {
        title: 'a member makes one',
        request: as('sessionCookie', 'POST', ofTeam, { name: 'growth-board' }),
        expect: { status: 201, body: { ...client('growth-board'), token: aToken } },
        keep: ({ id, token }) => ({ TEAM_ID: id, TEAM_TOKEN: token }),
      },
      {
        title: 'it reads the team’s sites',
        request: by('TEAM_TOKEN', '/api/sites/{site_id}/stats'),
        expect: { status: 200, body: stats },
      },
      {
        title: 'and no other site',
        request: by('TEAM_TOKEN', '/api/sites/site_docs/stats'),
        expect: { status: 404, body: anError },
      },
      {
        title: 'it stands in the team’s list',
        request: as('sessionCookie', 'GET', ofTeam),
        expect: { status: 200, body: [expect.objectContaining({ name: 'growth-board' })] },
      },
      {
        title: 'and not in the maker’s own',
        request: as('sessionCookie', 'GET', mine),
        expect: { status: 200, body: [expect.objectContaining({ name: 'ci' })] },
      },
      {
        title: 'nor is it to be found among the maker’s own',
        request: as('sessionCookie', 'DELETE', `${mine}/TEAM_ID`),
        expect: { status: 404, body: anError },
      },
      {
        title: 'it means nothing to a team that one is not in',
        request: as('otherSessionCookie', 'DELETE', `${ofTeam}/TEAM_ID`),
        expect: { status: 404, body: anError },
      },
      {
        title: 'a member deletes it',
        request: as('sessionCookie', 'DELETE', `${ofTeam}/TEAM_ID`),
        expect: { status: 204 },
      },
      {
        title: 'and it is revoked',
        request: by('TEAM_TOKEN', '/api/sites'),
        expect: { status: 401, body: anError },
      },
    ],
    standIns,
  );
});

describe('whose tokens are whose', () => {
  testCases(
    [
      ...['', 'hk_token=', 'hk_token=YOUR_SESSION_COOKIE_', 'hk_token=SCOPED'].map((cookie) => ({
        title: `nobody is signed in with ${cookie || 'no cookie'}`,
        request: { ...as('', 'GET', mine), headers: { Cookie: cookie } },
        expect: { status: 401, body: anError },
      })),
      {
        title: 'a token makes no tokens',
        request: { ...by('SCOPED', mine), method: 'POST', body: { name: 'more' } },
        expect: { status: 401, body: anError },
      },
      ...(['PUT', 'DELETE'] as const).map((method) => ({
        title: `another user’s token is not there to ${method}`,
        request: as('otherSessionCookie', method, `${mine}/SCOPED_ID`, { name: 'mine now' }),
        expect: { status: 404, body: anError },
      })),
      ...['..', '%2E%2E%2F', '01%2Frotate', '%3Flimit%3D1', 'x'.repeat(300)].map((id) => ({
        title: `${id.slice(0, 20)} leads to no other call of Keyward`,
        request: as('sessionCookie', 'DELETE', `${mine}/${id}`),
        expect: { status: 404, body: anError },
      })),
      ...[{}, { name: '' }, { name: 7 }, { name: 'n'.repeat(101) }].map((body) => ({
        title: `${JSON.stringify(body).slice(0, 20)} names no client`,
        request: as('sessionCookie', 'POST', mine, body),
        expect: { status: 400, body: anError },
      })),
    ] satisfies Case[],
    standIns,
  );
});

test('Keyward keeps a hash and never the token', async () => {
  const { body } = await sendDocumented(
    as('sessionCookie', 'POST', mine, { name: 'one' }),
    standIns,
  );
  const { call, id } = await stage.find(body.token);
  expect((await call('GET', `/v1/keys/${id}`)).text).not.toContain(body.token);
  expect((await sendDocumented(as('sessionCookie', 'GET', mine), standIns)).text).not.toContain(
    body.token,
  );
});

testGuard({
  name: 'hitkeep',
  stage: () => stage,
  standIns,
  request: readStats,
  standIn: 'hk_live_abc123...',
  async makeKey() {
    const { body } = await sendDocumented(
      as('sessionCookie', 'POST', mine, { name: 'ci-exporter' }),
      standIns,
    );
    return body.token;
  },
  expectRefusal({ status, body, text }, expected) {
    expect(status, text).toBe(expected);
    expect(body).toEqual(anError);
  },
});
