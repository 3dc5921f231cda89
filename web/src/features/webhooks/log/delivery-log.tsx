import { Button, Skeleton, Title } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Segments } from '../../../ui/segments.tsx';
import type { LogFilter } from '../log-filter.ts';
import type { Standing } from '../standing.ts';
import classes from './delivery-log.module.css';
import { DeliveryRow } from './delivery-row.tsx';
import { SendFailedAgain } from './send-failed-again.tsx';
import { useLogPages } from './use-log-pages.ts';

interface DeliveryLogProps {
  standing: Standing;
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
}

const segments: readonly { value: LogFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'pending', label: 'Pending' },
];

const empty: Readonly<Record<LogFilter, string>> = {
  all: 'No message yet. Send a test event, or wait for something to happen.',
  failed: 'No message failed within the last 30 days.',
  pending: 'No message waits.',
};

/** What was sent to a webhook within the last month, and each attempt. */
export function DeliveryLog({ standing, filter, onFilter }: DeliveryLogProps) {
  const pages = useLogPages(standing.webhook.id, filter);
  const entries = pages.data?.pages.flatMap(({ data }) => data);
  return (
    <section aria-labelledby="log" className={classes.root}>
      <div className={classes.head}>
        <Title order={2} id="log">
          Messages
        </Title>
        <SendFailedAgain standing={standing} />
        <Segments legend="Show" segments={segments} value={filter} onChange={onFilter} />
      </div>
      {pages.isError && (
        <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {pages.isPending && <Skeleton height={140} radius="lg" />}
      {entries?.length === 0 && <p className={classes.empty}>{empty[filter]}</p>}
      {entries !== undefined && entries.length > 0 && (
        <ol className={classes.list} aria-label="Messages, newest first">
          {entries.map((entry) => (
            <DeliveryRow key={entry.id} entry={entry} isEnabled={standing.webhook.enabled} />
          ))}
        </ol>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          className={classes.more}
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </section>
  );
}
