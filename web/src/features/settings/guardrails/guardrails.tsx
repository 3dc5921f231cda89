import { Skeleton, Title } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from '../settings-page.module.css';
import { GuardrailsForm } from './guardrails-form.tsx';

/** The rules of the organization for its own keys. */
export function Guardrails() {
  const query = trpc.organizations.guardrails.useQuery(undefined, {
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Panel>
      <section aria-labelledby="guardrails">
        <Title order={2} id="guardrails">
          Guardrails
        </Title>
        <p className={classes.lead}>
          Rules that every key of this organization has to comply with when it is made or changed.
          Keys that exist are left as they are until somebody changes them; only unused ones are
          suspended.
        </p>
        {query.isPending && <Skeleton height={420} mt="md" radius="md" />}
        {query.isError && (
          <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.data && <GuardrailsForm saved={query.data} />}
      </section>
    </Panel>
  );
}
