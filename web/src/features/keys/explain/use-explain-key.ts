import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { Permission } from '@keyward/shared/built-in-permissions';
import type { inferRouterOutputs } from '@trpc/server';
import { useState } from 'react';
import { type Failure, toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';

export type Explanation = inferRouterOutputs<AppRouter>['keys']['explain'];

/** What was asked, but for the secret. */
export interface Question {
  service: string | null;
  permission: Permission | null;
  address: string | null;
}

/** An answer, with the question that it belongs to. */
export interface Explained extends Explanation {
  question: Question;
}

/**
 * Asks why a secret is accepted or refused. The mutation is forgotten as soon as it is answered, and with
 * it the only place besides the field that holds the secret.
 */
export function useExplainKey() {
  const [explained, setExplained] = useState<Explained | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const explain = trpc.keys.explain.useMutation({ gcTime: 0 });
  const ask = async (secret: string, question: Question) => {
    setFailure(null);
    const { service, permission, address } = question;
    try {
      const answer = await explain.mutateAsync({
        key: secret,
        // The server says what is wrong with a permission or an address; these are from our own lists.
        permissions: permission === null ? [] : [permission],
        ...(service !== null && { service }),
        ...(address !== null && { ip: address }),
      });
      setExplained({ ...answer, question });
    } catch (error) {
      setExplained(null);
      setFailure(toFailure(error));
    } finally {
      explain.reset();
    }
  };
  return { explained, failure, isPending: explain.isPending, ask };
}
