import { useEffect, useRef, useState } from 'react';
import { type Failure, toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import type { FoundKey } from './read-keys.ts';

/** So many at once: each batch is whole or nothing, and short enough to show how far it is. */
const batchSize = 200;

export interface ImportRun {
  /** What is being imported, in its order; null before it begins. */
  found: readonly FoundKey[] | null;
  isRunning: boolean;
  /** How many of the keys were sent and answered. */
  tried: number;
  imported: number;
  /** Their secrets were known already. */
  skipped: number;
  /** Why it ended before its end, with the places in the text. */
  failure: Failure | null;
  begin: (found: readonly FoundKey[]) => void;
  /** Takes effect after the batch that is under way. */
  stop: () => void;
  /** From where it ended. */
  goOn: () => void;
  /** Back to before it began. What was imported stays. */
  forget: () => void;
}

const nothing = { tried: 0, imported: 0, skipped: 0 };

/** Imports keys batch by batch. What was imported stays, whatever happens to the rest. */
export function useImportRun(): ImportRun {
  const utils = trpc.useUtils();
  const [found, setFound] = useState<readonly FoundKey[] | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [sums, setSums] = useState(nothing);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isStopped = useRef(false);
  // Whoever leaves the page leaves what was not begun undone.
  useEffect(() => {
    isStopped.current = false;
    return () => {
      isStopped.current = true;
    };
  }, []);

  const run = async (keys: readonly FoundKey[], from: typeof nothing) => {
    isStopped.current = false;
    setFailure(null);
    setRunning(true);
    let { tried, imported, skipped } = from;
    while (tried < keys.length && !isStopped.current) {
      const batch = keys.slice(tried, tried + batchSize);
      try {
        const answer = await utils.client.keys.import.mutate({ keys: batch.map(({ key }) => key) });
        tried += batch.length;
        imported += answer.imported;
        skipped += answer.skipped;
        setSums({ tried, imported, skipped });
      } catch (error) {
        setFailure(placeFailure(toFailure(error), batch));
        break;
      }
    }
    setRunning(false);
    await utils.keys.invalidate();
  };
  return {
    found,
    isRunning,
    ...sums,
    failure,
    begin: (keys) => {
      setFound(keys);
      setSums(nothing);
      void run(keys, nothing);
    },
    stop: () => {
      isStopped.current = true;
    },
    goOn: () => void run(found ?? [], sums),
    forget: () => setFound(null),
  };
}

const inList = /^keys\.(\d+)(\.|: )/;

/** The same failure, with the keys of the batch told by where they stand in the text. */
function placeFailure(failure: Failure, batch: readonly FoundKey[]): Failure {
  const toPlace = (text: string) =>
    text.replace(inList, (_all, index) => `${batch[Number(index)]?.place ?? 'a key'}: `);
  return {
    ...failure,
    detail: toPlace(failure.detail),
    issues: failure.issues
      .filter(({ message }) => !failure.detail.endsWith(message))
      .map(({ path, message }) => ({ path, message: `${toPlace(path)}: ${message}` })),
  };
}
