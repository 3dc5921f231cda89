import { createMemory, type MemoryGuard } from '@keyward/server/verification/authority/memory';
import { expect, test } from 'vitest';

const guard = (state: { leased: boolean; applied: number }): MemoryGuard => ({
  holdsLease: () => state.leased,
  now: () => 0,
  requireTrust: () => state.applied,
  isCurrent: (at) => state.leased && at >= state.applied,
});
const reading = (at: number, subjects: string[] = ['key_a']) => ({
  value: { at },
  revision: at,
  now: 0,
  subjects,
});

test('simultaneous misses on one key make one query', async () => {
  const memory = createMemory<{ at: number }>(guard({ leased: true, applied: 1 }), {
    maximumBytes: 1000,
    bytesOf: () => 1,
  });
  let queries = 0;
  const read = async () => {
    queries += 1;
    return reading(1);
  };
  await Promise.all(Array.from({ length: 100 }, () => memory.know('a', read)));
  await memory.know('a', read);
  expect(queries).toBe(1);
});

test('has a bound: the least recently used make room, and what they rested on is let go', async () => {
  const memory = createMemory<{ at: number }>(guard({ leased: true, applied: 1 }), {
    maximumBytes: 10,
    bytesOf: () => 1,
  });
  for (let index = 0; index < 1000; index += 1) {
    await memory.know(`${index}`, async () => reading(1, [`key_${index}`]));
  }
  expect([memory.entries(), memory.bytes()]).toEqual([10, 10]);
  expect(memory.recall('999')).toEqual({ at: 1 });
  memory.forget('key_999');
  expect(memory.recall('999')).toBeUndefined();
  expect(memory.recall('0')).toBeUndefined();
});

test('two secrets of one key are forgotten together, also when one of them made room', async () => {
  const memory = createMemory<{ at: number }>(guard({ leased: true, applied: 1 }), {
    maximumBytes: 2,
    bytesOf: () => 1,
  });
  await memory.know('old', async () => reading(1));
  await memory.know('new', async () => reading(1));
  await memory.know('other', async () => reading(1, ['key_b']));
  expect(memory.recall('old')).toBeUndefined();
  expect(memory.recall('new')).toBeDefined();
  memory.forget('key_a');
  expect(memory.recall('new')).toBeUndefined();
  expect(memory.recall('other')).toBeDefined();
});

test('says nothing without a lease, and says it again with the next', async () => {
  const state = { leased: true, applied: 1 };
  const memory = createMemory<{ at: number }>(guard(state), {
    maximumBytes: 10,
    bytesOf: () => 1,
  });
  await memory.know('a', async () => reading(1));
  state.leased = false;
  expect(memory.recall('a')).toBeUndefined();
  state.leased = true;
  expect(memory.recall('a')).toEqual({ at: 1 });
});

test('an answer from before what was seen is no answer', async () => {
  const memory = createMemory<{ at: number }>(guard({ leased: false, applied: 7 }), {
    maximumBytes: 10,
    bytesOf: () => 1,
  });
  await expect(memory.know('a', async () => reading(6))).rejects.toMatchObject({
    code: 'authority_unavailable',
  });
});
