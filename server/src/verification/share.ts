import { LRUCache } from 'lru-cache';

const mostValues = 10_000;
const values = new LRUCache<string, { value: unknown }>({ max: mostValues });

/**
 * One object for all that are written alike: a million keys name a few organizations, services and
 * permission lists. What is shared is never changed.
 */
export function share<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const known = values.get(text);
  if (known !== undefined) {
    // It was put in under the text of a value of the same form.
    return known.value as Value;
  }
  values.set(text, { value });
  return value;
}
