import type { Guardrails } from '@keyward/shared/guardrails';
import { Skeleton, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { toFailure } from '../../../lib/failure.ts';
import { formatCount } from '../../../lib/format-time.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { BreachList } from './breach-list.tsx';
import classes from './breaches.module.css';

const pauseMs = 350;

/** Who would not comply: asked again whenever the rules have stood still for a moment. */
export function Breaches({ rules, isDirty }: { rules: Guardrails; isDirty: boolean }) {
  // Compared as text: the form makes a new object at each keystroke.
  const [settled] = useDebouncedValue(JSON.stringify(rules), pauseMs);
  const query = trpc.organizations.breaches.useQuery(
    { guardrails: JSON.parse(settled) as Guardrails },
    { placeholderData: keepPreviousData },
  );
  const isOld = query.isPlaceholderData || settled !== JSON.stringify(rules);
  return (
    <section aria-labelledby="breaches" className={classes.root}>
      <Title order={3} id="breaches">
        {isDirty ? 'Who would not comply?' : 'Who does not comply?'}
      </Title>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton height={22} width={240} />}
      {query.data && (
        <div className={classes.answer} data-old={isOld || undefined} aria-busy={isOld}>
          <p role="status" className={classes.count}>
            {describeCount(query.data.count, isDirty)}
          </p>
          <BreachList breaches={query.data.data} count={query.data.count} />
        </div>
      )}
    </section>
  );
}

function describeCount(count: number, isDirty: boolean): string {
  if (count === 0) {
    return isDirty ? 'Every live key would comply.' : 'Every live key complies.';
  }
  const keys = count === 1 ? 'One live key' : `${formatCount(count)} live keys`;
  if (isDirty) {
    return `${keys} would not comply.`;
  }
  return `${keys} ${count === 1 ? 'does' : 'do'} not comply.`;
}
