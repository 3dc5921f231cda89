import { comparePermissions, trimPermissions } from '@keyward/shared/permission-changes';
import { covers, type Permission } from '@keyward/shared/permissions';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';

describe('trimming to what was used', () => {
  const cases: { what: string; granted: Permission[]; used: Permission[]; left: Permission[] }[] = [
    {
      what: 'a whole resource narrows to its used actions',
      granted: ['contracts:*'],
      used: ['contracts:read'],
      left: ['contracts:read'],
    },
    {
      what: 'a whole resource that was used as one stays whole',
      granted: ['contracts:*'],
      used: ['contracts:*', 'contracts:read'],
      left: ['contracts:*'],
    },
    {
      what: 'what was never used goes',
      granted: ['contracts:read', 'contracts:sign', 'parties:*'],
      used: ['contracts:read'],
      left: ['contracts:read'],
    },
    {
      what: 'what was used before and is granted no more does not come back',
      granted: ['contracts:read'],
      used: ['contracts:read', 'contracts:sign', 'parties:read'],
      left: ['contracts:read'],
    },
    {
      what: 'a whole resource beside its own action leaves the action once',
      granted: ['contracts:*', 'contracts:read'],
      used: ['contracts:read'],
      left: ['contracts:read'],
    },
    {
      what: 'a whole resource that stays takes its own actions with it',
      granted: ['contracts:read', 'contracts:*'],
      used: ['contracts:*'],
      left: ['contracts:*'],
    },
    {
      what: 'an action whose resource was used whole stays',
      granted: ['contracts:read'],
      used: ['contracts:*'],
      left: ['contracts:read'],
    },
    { what: 'nothing used leaves nothing', granted: ['a:*', 'b:read'], used: [], left: [] },
    {
      what: 'a resource whose name begins another’s is another',
      granted: ['contractsArchive:*'],
      used: ['contracts:read'],
      left: [],
    },
  ];

  test.each(cases)('$what', ({ granted, used, left }) => {
    expect(trimPermissions(granted, used)).toEqual(left);
  });

  test('of any grants covers what was used and was granted, and never more than was granted', () => {
    const { chance } = seededRandom(7);
    const resources = ['a', 'b', 'ab'];
    const actions = ['read', 'write', '*'];
    const all = resources.flatMap((one) => actions.map((action): Permission => `${one}:${action}`));
    for (let round = 0; round < 2000; round += 1) {
      const granted = all.filter(() => chance(0.4));
      const used = all.filter(() => chance(0.4));
      const left = trimPermissions(granted, used);
      for (const one of used.filter((asked) => covers(granted, asked))) {
        expect(covers(left, one), `${granted} ${used} ${left}`).toBe(true);
      }
      expect(left.every((one) => covers(granted, one))).toBe(true);
      expect(new Set(left).size).toBe(left.length);
    }
  });
});

describe('comparing grants', () => {
  test('tells what stays, narrows, goes and comes', () => {
    const before: Permission[] = ['contracts:*', 'parties:*', 'usage:read', 'hooks:read'];
    const after: Permission[] = ['usage:read', 'contracts:read', 'contracts:sign', 'terms:*'];
    expect(comparePermissions(before, after)).toEqual({
      kept: ['usage:read'],
      narrowed: [{ from: 'contracts:*', to: ['contracts:read', 'contracts:sign'] }],
      removed: ['parties:*', 'hooks:read'],
      added: ['terms:*'],
    });
  });

  test('an action that is now granted with its whole resource has not gone', () => {
    expect(comparePermissions(['contracts:read'], ['contracts:*'])).toEqual({
      kept: [],
      narrowed: [],
      removed: [],
      added: ['contracts:*'],
    });
  });

  test('the same grants in another order are no change', () => {
    const changes = comparePermissions(['a:read', 'b:*'], ['b:*', 'a:read']);
    expect(changes).toMatchObject({ narrowed: [], removed: [], added: [] });
  });
});
