import { Skeleton, Title } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { toFailure } from '../../../lib/failure.ts';
import { EmptyNotice } from '../../../ui/empty-notice.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { OutcomeChart } from '../../../ui/outcome-chart.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useKey } from '../key-context.ts';
import { settleView, type UsageView, usageRanges } from '../usage-range.ts';
import { type KeyUsage, useKeyUsage } from '../use-key-usage.ts';
import { ActivityBar } from './activity-bar.tsx';
import { BucketTable } from './bucket-table.tsx';
import classes from './key-activity.module.css';
import { OutcomeTotals } from './outcome-totals.tsx';
import { ZoneNote } from './zone-note.tsx';

interface KeyActivityProps {
  view: UsageView;
  onView: (view: UsageView) => void;
}

/** The calls of a key: over time, in total, and bucket by bucket. */
export function KeyActivity({ view, onView }: KeyActivityProps) {
  const { id } = useKey();
  const { range, bucket } = settleView(view);
  const { usage, query, isStale } = useKeyUsage(id, range, bucket);
  return (
    <div className={classes.root}>
      <Title order={2} className="visually-hidden">
        Activity
      </Title>
      <ActivityBar view={{ range, by: bucket }} onView={onView} usage={isStale ? null : usage} />
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {!query.isError && usage === null && <Loading />}
      {!query.isError && usage !== null && (
        <div
          aria-busy={isStale}
          className={isStale ? `${classes.root} ${classes.stale}` : classes.root}
        >
          {usage.buckets.length === 0 ? <Nothing usage={usage} /> : <Calls usage={usage} />}
        </div>
      )}
    </div>
  );
}

function Calls({ usage }: { usage: KeyUsage }) {
  const { buckets, from, to, bucket, range } = usage;
  return (
    <>
      <div className={classes.columns}>
        <Panel>
          <OutcomeChart
            label={`Calls by outcome, the last ${usageRanges[range].label}`}
            buckets={buckets}
            from={from}
            to={to}
            bucket={bucket}
            height={260}
            isBare
          />
        </Panel>
        <Panel>
          <OutcomeTotals buckets={buckets} />
        </Panel>
      </div>
      <div>
        <BucketTable usage={usage} />
        <ZoneNote bucket={bucket} />
      </div>
    </>
  );
}

function Nothing({ usage: { range } }: { usage: KeyUsage }) {
  return (
    <EmptyNotice icon={<IconActivity size={22} />} title="No calls">
      Nobody has called with this key in the last {usageRanges[range].label}. Choose a longer time,
      or wait: calls show here by themselves.
    </EmptyNotice>
  );
}

/** As tall as what comes. */
function Loading() {
  return (
    <div className={classes.root} role="status">
      <span className="visually-hidden">Loading calls</span>
      <div className={classes.columns}>
        <Skeleton height={302} radius="lg" />
        <Skeleton height={302} radius="lg" />
      </div>
      <Skeleton height={320} radius="lg" />
    </div>
  );
}
