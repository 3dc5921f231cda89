import { Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ForAdmins } from '../../../ui/for-admins.tsx';
import { ExplainForm } from './explain-form.tsx';
import classes from './key-explain.module.css';
import { NoVerdict } from './no-verdict.tsx';
import { useExplainKey } from './use-explain-key.ts';

// It comes with the first answer.
const Verdict = lazy(() => import('./verdict.tsx'));

/** Why a call with a key was refused, gate by gate. */
export function KeyExplain() {
  const membership = useMembership();
  return (
    <section aria-labelledby="explain">
      <Title order={2} id="explain">
        Why was this refused?
      </Title>
      {isAdmin(membership) ? <Explain /> : <ForAdmins what="ask why a key was refused" />}
    </section>
  );
}

function Explain() {
  const services = trpc.services.list.useQuery();
  const { explained, failure, isPending, ask } = useExplainKey();
  return (
    <>
      <p className={classes.description}>
        Paste what the caller sent, and say what the call was for. Every gate answers as it would
        right now, and nothing is counted.
      </p>
      {services.isError && (
        <FailureNotice
          failure={toFailure(services.error)}
          onRetry={() => void services.refetch()}
        />
      )}
      <div className={classes.columns}>
        <ExplainForm
          services={services.data ?? null}
          failure={failure}
          isPending={isPending}
          onAsk={(secret, question) => void ask(secret, question)}
        />
        {explained === null ? (
          <NoVerdict />
        ) : (
          <Suspense fallback={<NoVerdict />}>
            <Verdict explained={explained} />
          </Suspense>
        )}
      </div>
    </>
  );
}
