import type { Key } from '@keyward/shared/keys';
import { useRef, useState } from 'react';
import { type Failure, toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';

type Identified =
  | { state: 'asking' }
  | { state: 'found'; key: Key }
  | { state: 'failed'; failure: Failure };

/**
 * Finds the key whose secret this is. The call goes past the caches of queries and mutations, which
 * would keep what was sent.
 */
export function useIdentify() {
  const { client } = trpc.useUtils();
  const [identified, setIdentified] = useState<Identified | null>(null);
  const latest = useRef(0);
  const forget = () => {
    latest.current += 1;
    setIdentified(null);
  };
  const identify = async (plaintextSecret: string) => {
    latest.current += 1;
    const mine = latest.current;
    setIdentified({ state: 'asking' });
    const answer = await client.keys.identify.mutate({ key: plaintextSecret }).then(
      (key): Identified => ({ state: 'found', key }),
      (error): Identified => ({ state: 'failed', failure: toFailure(error) }),
    );
    if (latest.current === mine) {
      setIdentified(answer);
    }
  };
  return { identified, identify, forget };
}
