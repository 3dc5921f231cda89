import { LRUCache } from 'lru-cache';

const mostBytes = 8 * 1024 * 1024;
const values = new LRUCache<string, { value: unknown }>({
  maxSize: mostBytes,
  // Two bytes a character, and as much again for the value itself.
  sizeCalculation: (_, name) => 100 + name.length * 4,
});

/**
 * One object for all of a kind that are written alike: a million keys name a few organizations, services and
 * permission lists. What is shared is never changed.
 * @param kind keeps apart what has another type and the same JSON: a customer writes metadata as they like.
 */
export function share<Value>(kind: string, value: Value): Value {
  const name = `${kind} ${JSON.stringify(value)}`;
  const known = values.get(name);
  if (known !== undefined) {
    // A value of this kind was put in under this name.
    return known.value as Value;
  }
  values.set(name, { value });
  return value;
}
