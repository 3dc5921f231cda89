import { getHeapStatistics } from 'node:v8';
import { createMemory, type Memory } from './authority/memory.ts';
import type { Authority } from './authority/start-authority.ts';
import type { KeyFacts } from './key-facts.ts';

/** The facts of the keys that this node has judged, by the SHA-256 of the secret as a Latin-1 string. */
export type FactsMemory = Memory<KeyFacts>;

/** As much of the heap as facts may take before the least recently used make room. */
const shareOfHeap = 0.5;
/** Of an entry but for texts of its own, as `npm run bench` measures it. */
const entryBytes = 950;

export function createFactsMemory(authority: Authority): FactsMemory {
  const memory = createMemory<KeyFacts>(authority, {
    maximumBytes: Math.floor(getHeapStatistics().heap_size_limit * shareOfHeap),
    bytesOf: ({ name, externalId, metadata }) =>
      entryBytes + 2 * (name.length + (externalId?.length ?? 0) + JSON.stringify(metadata).length),
  });
  authority.attach(memory);
  return memory;
}
