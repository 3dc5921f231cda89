import { Skeleton, Title } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Segments } from '../../ui/segments.tsx';
import type { OverviewDays } from './overview-view.ts';
import { Verifications } from './verifications.tsx';
import classes from './verifications-section.module.css';

interface VerificationsSectionProps {
  days: OverviewDays;
  onDays: (days: OverviewDays) => void;
}

/** The verifications of all keys over a week or a month. */
export function VerificationsSection({ days, onDays }: VerificationsSectionProps) {
  const query = trpc.organizations.usage.useQuery(
    { days },
    // What was shown stays until the other range is there.
    { placeholderData: keepPreviousData, refetchInterval: 30_000 },
  );
  return (
    <section aria-labelledby="verifications" className={classes.root}>
      <div className={classes.heading}>
        <Title order={2} id="verifications">
          Verifications
        </Title>
        <Segments
          legend="Verifications of the last"
          segments={[
            { value: '7', label: '7 days' },
            { value: '30', label: '30 days' },
          ]}
          value={days === 30 ? '30' : '7'}
          onChange={(value) => onDays(value === '30' ? 30 : 7)}
        />
      </div>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && (
        <Panel>
          <span role="status" className="visually-hidden">
            Loading verifications
          </span>
          <Skeleton height={470} />
        </Panel>
      )}
      {query.data !== undefined && (
        <div aria-busy={query.isPlaceholderData}>
          <Verifications usage={query.data} />
        </div>
      )}
    </section>
  );
}
