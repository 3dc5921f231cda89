import { createKey } from '@keyward/server/keys/create-key';
import { getKey } from '@keyward/server/keys/get-key';
import { getService } from '@keyward/server/services/get-service';
import { listServices } from '@keyward/server/services/list-services';
import { putService } from '@keyward/server/services/put-service';
import { keyward } from '@keyward/shared/presets/keyward';
import { servicePresets } from '@keyward/shared/service-presets';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import { service as serviceContract } from '@keyward/shared/services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letGoTogether } from '../support/let-go-together.ts';
import { refusalOf } from '../support/refusal.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let acme: TestOrganization;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
});
afterAll(() => store[Symbol.asyncDispose]());

const put = (profile: ServiceProfile) => putService(store.system, profile.slug, profile);

/** The contracts preset under a slug of its own, with those of its tiers. */
function contractsWith(slug: string, ...names: string[]): ServiceProfile {
  const { contracts } = servicePresets;
  const tiers = contracts.tiers.filter((tier) => names.includes(tier.name));
  return {
    ...contracts,
    slug,
    tiers,
    defaults: { ...contracts.defaults, tier: names[0] ?? '' },
  };
}

describe('a service', () => {
  test('is put in place by its profile, as the contract has it', async () => {
    const profile = contractsWith(uniqueName('contracts'), 'public', 'partner');
    const made = await put(profile);
    expect(serviceContract.parse(made)).toEqual(made);
    expect(made).toMatchObject({ ...profile, status: 'active' });
    expect(await getService(store.system, profile.slug)).toEqual(made);
  });

  test('is made from a preset under any slug', async () => {
    const slug = uniqueName('links');
    const made = await putService(store.system, slug, { preset: 'short-links' });
    expect(made).toMatchObject({ ...servicePresets['short-links'], slug });
  });

  test('is replaced whole: the same id, nothing of the old profile left', async () => {
    const slug = uniqueName('service');
    const first = await put({ ...servicePresets.merchant, slug });
    const second = await put({ ...servicePresets.analytics, slug });
    expect(second).toMatchObject({ ...servicePresets.analytics, slug, id: first.id });
    expect(second.createdAt).toBe(first.createdAt);
    expect(second.resources).toEqual(servicePresets.analytics.resources);
    const all = await listServices(store.system);
    expect(all.filter((one) => one.slug === slug)).toEqual([second]);
  });

  test('that changes is a change of authority each time', async () => {
    const slug = uniqueName('service');
    const { id } = await put({ ...servicePresets.merchant, slug });
    await put({ ...servicePresets.merchant, slug });
    const rows = await store.sql`select subject from authority_changes where subject_id = ${id}`;
    expect(rows.map((row) => row.subject)).toEqual(['service', 'service']);
  });

  test('put for the first time by five at once is made once, and replaced four times', async () => {
    const slug = uniqueName('service');
    const profile = { ...servicePresets.merchant, slug };
    const puts = Array.from({ length: 5 }, () => () => put(profile));
    expect(await letGoTogether(store, 'services', puts)).toEqual({ done: 5 });
    const events = await store.sql`select action, count(*)::int from audit_events
      where target_id = (select id from services where slug = ${slug})
      group by action order by action`;
    expect(events.map((row) => ({ ...row }))).toEqual([
      { action: 'service.created', count: 1 },
      { action: 'service.updated', count: 4 },
    ]);
  });

  test('whose slug is not that of the address is refused', async () => {
    const profile = { ...servicePresets.merchant, slug: uniqueName('service') };
    const { code, issues } = await refusalOf(putService(store.system, 'another', profile));
    expect({ code, paths: issues.map((one) => one.path) }).toEqual({
      code: 'invalid_request',
      paths: ['slug'],
    });
  });
});

describe('a tier', () => {
  test('that keys are of cannot go, and those keys stay as they are', async () => {
    const slug = uniqueName('contracts');
    await put(contractsWith(slug, 'public', 'partner'));
    const { key } = await createKey(acme.admin, keyInput({ service: slug, tier: 'partner' }));
    const before = await store.fingerprint();
    expect((await refusalOf(put(contractsWith(slug, 'public')))).code).toBe('conflict');
    expect(await store.fingerprint()).toEqual(before);
    expect(await getKey(acme.admin, key.id)).toEqual(key);
  });

  test('that no key is of can go, and others can come', async () => {
    const slug = uniqueName('contracts');
    await put(contractsWith(slug, 'public', 'partner'));
    await createKey(acme.admin, keyInput({ service: slug, tier: 'public' }));
    const { tiers } = await put(contractsWith(slug, 'public', 'internal'));
    expect(tiers.map((tier) => tier.name)).toEqual(['public', 'internal']);
  });

  test('whose limit changes changes it for the keys that have none of their own', async () => {
    const slug = uniqueName('contracts');
    const profile = contractsWith(slug, 'public');
    await put(profile);
    const own = { limit: 5, windowSeconds: 60 };
    const byTier = await createKey(acme.admin, keyInput({ service: slug }));
    const byItself = await createKey(acme.admin, keyInput({ service: slug, rateLimit: own }));
    const rateLimit = { limit: 7, windowSeconds: 60 };
    await put({ ...profile, tiers: profile.tiers.map((tier) => ({ ...tier, rateLimit })) });
    expect((await getKey(acme.admin, byTier.key.id)).rateLimit).toEqual(rateLimit);
    expect((await getKey(acme.admin, byItself.key.id)).rateLimit).toEqual(own);
  });

  test('that goes while keys of it are made goes, or they exist: never a key without its tier', async () => {
    const slug = uniqueName('contracts');
    await put(contractsWith(slug, 'public', 'partner'));
    const pools = [store.connect(8), store.connect(8)];
    const answers = await Promise.allSettled([
      ...Array.from({ length: 10 }, (_, index) =>
        createKey(
          { ...acme.admin, database: pools[index % 2] ?? store.database },
          keyInput({ service: slug, tier: 'partner' }),
        ),
      ),
      put(contractsWith(slug, 'public')),
    ]);
    const { tiers } = await getService(store.system, slug);
    const orphans = await store.sql`select from keys join services s on s.id = service_id
      where s.slug = ${slug} and not tier = any(${tiers.map((tier) => tier.name)})`;
    expect(orphans).toHaveLength(0);
    for (const answer of answers) {
      if (answer.status === 'rejected') {
        expect(['conflict', 'invalid_request']).toContain(answer.reason.code);
      }
    }
  });
});

describe('who may not', () => {
  test('owners, admins, members and keys are refused, and nothing changes', async () => {
    const bot = await acme.bot(['apiKeys:*']);
    const before = await store.fingerprint();
    for (const context of [acme.owner, acme.admin, acme.member, bot]) {
      const slug = uniqueName('service');
      const refused = await refusalOf(putService(context, slug, { preset: 'merchant' }));
      expect(refused.code).toBe('insufficient_permissions');
    }
    expect(await store.fingerprint()).toEqual(before);
  });

  test('operators and their keys may', async () => {
    const operatorKey = await acme.bot([], { allOrganizations: true });
    for (const context of [acme.operator, operatorKey]) {
      const made = await putService(context, uniqueName('service'), { preset: 'merchant' });
      expect(made.status).toBe('active');
    }
  });

  test('Keyward’s own service is replaced by nobody', async () => {
    const before = await store.fingerprint();
    for (const context of [store.system, acme.operator]) {
      const byProfile = { ...servicePresets.merchant, slug: keyward.slug };
      expect((await refusalOf(putService(context, 'keyward', byProfile))).code).toBe('conflict');
      const byPreset = { preset: 'merchant' } as const;
      expect((await refusalOf(putService(context, 'keyward', byPreset))).code).toBe('conflict');
    }
    expect(await store.fingerprint()).toEqual(before);
  });
});
