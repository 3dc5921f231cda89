import { metadata } from '@keyward/shared/metadata';
import { describe, expect, test } from 'vitest';

/** Parses what came as JSON, where `__proto__` is a name like any other. */
const fromJson = (text: string) => JSON.parse(text) as unknown;
const accepts = (input: unknown) => metadata.safeParse(input).success;

describe('metadata', () => {
  test('is any JSON object, kept as it is', () => {
    const value = {
      team: 'growth',
      seats: 3,
      flags: [true, null, { 'deep name': 'é🔑' }],
      empty: {},
    };
    expect(metadata.parse(value)).toEqual(value);
  });

  test('may speak of an escape without being one', () => {
    expect(accepts({ path: 'C:\\u0000', pattern: '\\ud800' })).toBe(true);
  });

  test('is not an array, a bare value, nor what JSON cannot say', () => {
    const others = [[], 'text', 1, null, { big: 1n }, { no: Number.NaN }, { at: new Date() }];
    expect(others.filter(accepts)).toEqual([]);
  });

  test('has at most 4 KiB in UTF-8', () => {
    const filled = (character: string, count: number) => ({ a: character.repeat(count) });
    const around = JSON.stringify(filled('', 0)).length;
    expect(accepts(filled('x', 4096 - around))).toBe(true);
    expect(accepts(filled('x', 4097 - around))).toBe(false);
    expect(accepts(filled('€', 2000))).toBe(false);
  });

  test('has names of at most 64 characters', () => {
    expect(accepts({ ['n'.repeat(64)]: 1 })).toBe(true);
    expect(accepts({ ['n'.repeat(65)]: 1 })).toBe(false);
  });

  test('holds neither NUL nor a lone surrogate, which PostgreSQL cannot store', () => {
    for (const broken of ['\0', '\ud800', 'x\udfff']) {
      expect(accepts({ a: broken })).toBe(false);
      expect(accepts({ [broken]: 1 })).toBe(false);
      expect(accepts({ a: [{ b: broken }] })).toBe(false);
      expect(accepts({ a: { [broken]: 1 } })).toBe(false);
    }
  });

  test.each(['{"__proto__":{"a":1}}', '{"a":{"__proto__":{"b":1}}}', '{"a":[{"__proto__":1}]}'])(
    'refuses __proto__ rather than dropping it in silence: %s',
    (text) => {
      expect(accepts(fromJson(text))).toBe(false);
    },
  );

  test('that is nested deeper than anybody reads is refused, and does not overflow the stack', () => {
    const deep = fromJson(`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
    expect(accepts(deep)).toBe(false);
  });
});
