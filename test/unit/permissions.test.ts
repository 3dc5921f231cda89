import { effectivePermissions } from '@keyward/server/verification/key-facts';
import {
  builtInResources,
  covers,
  isAdminOnly,
  isBuiltInResource,
  type Permission,
  permission,
  permissionList,
  resourceOf,
  unknownPermissions,
} from '@keyward/shared/permissions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const runs = { seed: 20_260_615, numRuns: 300 };

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/);
const concrete = fc
  .tuple(name, name)
  .map(([resource, action]): Permission => `${resource}:${action}`);
const anyPermission = fc
  .tuple(name, fc.oneof(name, fc.constant('*')))
  .map(([resource, action]): Permission => `${resource}:${action}`);
const grants = fc.array(anyPermission, { maxLength: 8 });

describe('covers', () => {
  test('a grant covers itself, whatever stands beside it', () => {
    fc.assert(
      fc.property(anyPermission, grants, grants, (asked, before, after) =>
        covers([...before, asked, ...after], asked),
      ),
      runs,
    );
  });

  test('a wildcard covers every action of its resource', () => {
    fc.assert(
      fc.property(concrete, (asked) => covers([`${resourceOf(asked)}:*`], asked)),
      runs,
    );
  });

  test('a wildcard covers nothing of another resource', () => {
    fc.assert(
      fc.property(name, anyPermission, (resource, asked) => {
        fc.pre(resource !== resourceOf(asked));
        return !covers([`${resource}:*`], asked);
      }),
      runs,
    );
  });

  test('a wildcard that is asked for needs that wildcard: no list of actions is enough', () => {
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 8 }), (resource, actions) => {
        const granted = actions.map((action): Permission => `${resource}:${action}`);
        return (
          !covers(granted, `${resource}:*`) &&
          covers([...granted, `${resource}:*`], `${resource}:*`)
        );
      }),
      runs,
    );
  });

  test('nothing is covered by nothing, and one action does not cover another', () => {
    fc.assert(
      fc.property(concrete, concrete, (granted, asked) => {
        fc.pre(granted !== asked);
        return !covers([], asked) && !covers([granted], asked);
      }),
      runs,
    );
  });

  test('names are compared whole and by case', () => {
    expect(covers(['links:read'], 'shortLinks:read')).toBe(false);
    expect(covers(['short:*'], 'shortLinks:read')).toBe(false);
    expect(covers(['shortlinks:*'], 'shortLinks:read')).toBe(false);
    expect(covers(['shortLinks:rea'], 'shortLinks:read')).toBe(false);
  });
});

describe('admin-only permissions', () => {
  const builtIn = builtInResources.flatMap((resource) =>
    resource.actions.map((action): Permission => `${resource.name}:${action.name}`),
  );

  test('the built-in resources are those of the design, with their actions', () => {
    const actions = Object.fromEntries(
      builtInResources.map((one) => [one.name, one.actions.map((action) => action.name)]),
    );
    expect(actions).toEqual({
      apiKeys: ['create', 'read', 'update', 'delete', 'verify'],
      webhooks: ['create', 'read', 'update', 'delete'],
      members: ['create', 'read', 'update', 'delete'],
      auditLog: ['read'],
      usage: ['read'],
    });
  });

  test('all that is built in is admin-only but usage:read', () => {
    expect(builtIn.filter((one) => !isAdminOnly(one))).toEqual(['usage:read']);
    expect(isAdminOnly('apiKeys:*')).toBe(true);
    expect(isAdminOnly('members:*')).toBe(true);
  });

  test('nothing of a service’s own resources is admin-only', () => {
    fc.assert(
      fc.property(anyPermission, (one) => {
        fc.pre(!isBuiltInResource(resourceOf(one)));
        return !isAdminOnly(one);
      }),
      runs,
    );
  });

  const held = fc.array(fc.oneof(anyPermission, fc.constantFrom(...builtIn)), { maxLength: 10 });
  const owner = (role: 'owner' | 'admin' | 'member') => ({ id: 'u', email: 'e', name: 'n', role });

  test('no user key of a member has one that counts, and it keeps all the others', () => {
    fc.assert(
      fc.property(held, (permissions) => {
        const counting = effectivePermissions({ permissions, owner: owner('member') });
        expect(counting).toEqual(permissions.filter((one) => !isAdminOnly(one)));
      }),
      runs,
    );
  });

  test('bot keys, and user keys of owners and admins, have all that they were granted', () => {
    fc.assert(
      fc.property(
        held,
        fc.constantFrom(null, owner('owner'), owner('admin')),
        (permissions, who) => {
          expect(effectivePermissions({ permissions, owner: who })).toEqual(permissions);
        },
      ),
      runs,
    );
  });
});

describe('permissions of a profile', () => {
  const resources = [
    { name: 'loops', description: 'Loops', actions: [{ name: 'read', description: 'Read' }] },
  ];

  test('what neither the profile nor Keyward has is unknown, in the order in which it was asked', () => {
    const asked: Permission[] = ['loops:write', 'loops:read', 'loops:*', 'files:read', 'files:*'];
    expect(unknownPermissions(asked, resources)).toEqual(['loops:write', 'files:read', 'files:*']);
  });

  test('every built-in permission is known to every service', () => {
    const asked: Permission[] = ['apiKeys:verify', 'apiKeys:*', 'usage:read', 'auditLog:read'];
    expect(unknownPermissions(asked, [])).toEqual([]);
    expect(unknownPermissions(['auditLog:delete', 'usage:create'], [])).toHaveLength(2);
  });
});

describe('the form of a permission', () => {
  test('a resource and an action in their alphabet, or a star, are a permission', () => {
    fc.assert(
      fc.property(anyPermission, (text) => permission.safeParse(text).success),
      runs,
    );
  });

  test.each([
    '',
    ':',
    'a',
    'a:',
    ':b',
    '*:read',
    '*:*',
    '*',
    'a:b:c',
    'a:*b',
    'a b:c',
    'a:b ',
    '1a:b',
    'a:b\n',
  ])('%j is none', (text) => {
    expect(permission.safeParse(text).success).toBe(false);
  });

  test('a list says each permission once', () => {
    expect(permissionList.parse(['a:b', 'c:d', 'a:b'])).toEqual(['a:b', 'c:d']);
  });
});
