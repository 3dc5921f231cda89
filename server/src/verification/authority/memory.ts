import { DomainError } from '@keyward/shared/errors';
import { LRUCache } from 'lru-cache';
import { protocolRules } from './rules.ts';

/** What was read from the primary in one snapshot. */
export interface Reading<Value> {
  value: Value;
  /** The revision that stood in the same snapshot. */
  revision: number;
  /** The database's clock, in milliseconds since the epoch. */
  now: number;
  /** What the value rests on: ids of keys, organizations, services and users, or a kind of them. */
  subjects: readonly string[];
}

/** A value that holds at this moment, by the database's clock. */
export interface Known<Value> {
  value: Value;
  /** Milliseconds since the epoch. */
  now: number;
}

/** What decides whether memory may be trusted. */
export interface MemoryGuard {
  holdsLease(): boolean;
  /** The database's clock, in milliseconds since the epoch. */
  now(): number;
  /** Throws while no answer of the database may be believed; returns the revision applied so far. */
  requireTrust(): number;
  /** Whether what stood at this revision still stands, and may be kept. */
  isCurrent(revision: number): boolean;
}

export interface Memory<Value> {
  /** From memory alone; undefined where it has to be asked for. */
  recall(name: string): Value | undefined;
  /** From memory while the lease holds; else from the primary. Null where the primary knows none. */
  know(
    name: string,
    read: () => Promise<Reading<Value> | null>,
  ): Promise<Known<Value> | null> | Known<Value>;
  /** Drops all that rests on a subject. */
  forget(subject: string): void;
  clear(): void;
  entries(): number;
  /** How often it was asked, and how often it knew. */
  counts(): { asked: number; known: number };
  /** As estimated by `bytesOf`. */
  bytes(): number;
}

/** One subject, shared by all entries that rest on it: to end it ends them, without looking for them. */
interface Subject {
  id: string;
  stands: boolean;
  entries: number;
}

interface Entry<Value> {
  value: Value;
  subjects: readonly Subject[];
}

/** Least recently used entries make room, by bytes. Nothing is recalled without a lease. */
export function createMemory<Value extends object>(
  guard: MemoryGuard,
  options: { maximumBytes: number; bytesOf(value: Value): number },
): Memory<Value> {
  const subjects = new Map<string, Subject>();
  const entries = new LRUCache<string, Entry<Value>>({
    maxSize: options.maximumBytes,
    sizeCalculation: ({ value }) => options.bytesOf(value),
    dispose: (entry) => entry.subjects.forEach(release),
  });
  const readings = new Map<string, Promise<Reading<Value> | null>>();

  function release(subject: Subject): void {
    subject.entries -= 1;
    if (subject.entries === 0 && subjects.get(subject.id) === subject) {
      subjects.delete(subject.id);
    }
  }

  function hold(id: string): Subject {
    let subject = subjects.get(id);
    if (subject === undefined) {
      subject = { id, stands: true, entries: 0 };
      subjects.set(id, subject);
    }
    subject.entries += 1;
    return subject;
  }

  function recall(name: string): Value | undefined {
    const entry = entries.get(name);
    return entry?.subjects.every(stands) && guard.holdsLease() ? entry.value : undefined;
  }

  async function readAndKeep(
    name: string,
    read: () => Promise<Reading<Value> | null>,
  ): Promise<Reading<Value> | null> {
    const applied = guard.requireTrust();
    const reading = await read();
    if (reading === null) {
      return null;
    }
    guard.requireTrust();
    if (reading.revision < applied) {
      throw new DomainError(
        'authority_unavailable',
        'The database answered from an older state than was seen before: try again in a few seconds.',
      );
    }
    if (guard.isCurrent(reading.revision) || !protocolRules.tagsFills) {
      entries.set(name, { value: reading.value, subjects: reading.subjects.map(hold) });
    }
    return reading;
  }

  function readOnce(
    name: string,
    read: () => Promise<Reading<Value> | null>,
  ): Promise<Reading<Value> | null> {
    const reading = readAndKeep(name, read).finally(() => readings.delete(name));
    readings.set(name, reading);
    return reading;
  }

  async function join(
    reading: Promise<Reading<Value> | null>,
    name: string,
    read: () => Promise<Reading<Value> | null>,
  ): Promise<Reading<Value> | null> {
    const shared = await reading;
    // It began before whoever joined it asked: it counts for them only if it still stands.
    const counts = shared !== null && guard.isCurrent(shared.revision);
    return counts || !protocolRules.checksJoiners ? shared : readAndKeep(name, read);
  }

  let asked = 0;
  let known = 0;

  return {
    recall,
    know(name, read) {
      asked += 1;
      const value = recall(name);
      if (value !== undefined) {
        known += 1;
        return { value, now: guard.now() };
      }
      const reading = readings.get(name);
      return reading === undefined ? readOnce(name, read) : join(reading, name, read);
    },
    forget(id) {
      const subject = subjects.get(id);
      if (subject !== undefined) {
        subject.stands = false;
        subjects.delete(id);
      }
    },
    clear() {
      // By the subjects too: an entry that is being read from is not to be believed either.
      for (const subject of subjects.values()) subject.stands = false;
      subjects.clear();
      entries.clear();
    },
    entries: () => entries.size,
    counts: () => ({ asked, known }),
    bytes: () => entries.calculatedSize,
  };
}

const stands = (subject: Subject) => subject.stands;
