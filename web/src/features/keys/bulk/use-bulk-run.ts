import type { Key } from '@keyward/shared/keys';
import { useEffect, useRef, useState } from 'react';
import { type Failure, toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import type { BulkAction } from './bulk-actions.ts';

type Result = { isDone: true } | { isDone: false; failure: Failure };

export interface BulkRun {
  state: 'ready' | 'running' | 'over';
  done: readonly Key[];
  failed: readonly { key: Key; failure: Failure }[];
  /** Not tried: the run was stopped before. */
  left: readonly Key[];
  start: (keys: readonly Key[]) => void;
  /** Takes effect after the key that is under way. */
  stop: () => void;
}

/** Does the same to many keys, one after the other. What became of each is kept, whatever happens to others. */
export function useBulkRun(action: BulkAction, targets: readonly Key[]): BulkRun {
  const utils = trpc.useUtils();
  const [state, setState] = useState<BulkRun['state']>('ready');
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const isStopped = useRef(false);
  const stop = () => {
    isStopped.current = true;
  };
  // Whoever leaves the page leaves what was not begun undone.
  useEffect(() => {
    isStopped.current = false;
    return () => {
      isStopped.current = true;
    };
  }, []);

  const perform = ({ id }: Key): Promise<unknown> => {
    const { keys } = utils.client;
    return action === 'revoke'
      ? keys.revoke.mutate({ id })
      : keys.update.mutate({
          id,
          changes: { status: action === 'suspend' ? 'suspended' : 'active' },
        });
  };
  const performAll = async (keys: readonly Key[]) => {
    for (const key of keys) {
      if (isStopped.current) {
        break;
      }
      const result = await perform(key).then(
        (): Result => ({ isDone: true }),
        (error): Result => ({ isDone: false, failure: toFailure(error) }),
      );
      setResults((before) => new Map(before).set(key.id, result));
    }
    setState('over');
    await utils.keys.invalidate();
  };
  const start = (keys: readonly Key[]) => {
    isStopped.current = false;
    const again = new Set(keys.map(({ id }) => id));
    setResults((before) => new Map([...before].filter(([id]) => !again.has(id))));
    setState('running');
    void performAll(keys);
  };
  return {
    state,
    done: targets.filter(({ id }) => results.get(id)?.isDone),
    failed: targets.flatMap((key) => {
      const result = results.get(key.id);
      return result === undefined || result.isDone ? [] : [{ key, failure: result.failure }];
    }),
    left: targets.filter(({ id }) => !results.has(id)),
    start,
    stop,
  };
}
