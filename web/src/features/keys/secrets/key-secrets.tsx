import { Skeleton } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { useKey } from '../key-context.ts';
import classes from './key-secrets.module.css';
import { SecretsBoard } from './secrets-board.tsx';
import { useRotation } from './use-rotation.ts';

/** The secrets of a key, and the rotation from one to the next. */
export function KeySecrets() {
  const apiKey = useKey();
  const query = useRotation(apiKey);
  return (
    <div className={classes.root}>
      {query.isPending && (
        <>
          <Skeleton height={128} radius="lg" />
          <Skeleton height={360} radius="lg" />
        </>
      )}
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && (
        // Another key begins anew: what was shown of one must not stand by the next.
        <SecretsBoard key={apiKey.id} apiKey={apiKey} rotation={query.data} />
      )}
    </div>
  );
}
