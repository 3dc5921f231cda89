import { Skeleton, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { OutcomeChart } from '../../../ui/outcome-chart.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { useKey } from '../key-context.ts';
import { settleView, type UsageRange, usageRanges } from '../usage-range.ts';
import { type KeyUsage, useKeyUsage } from '../use-key-usage.ts';
import classes from './call-history.module.css';
import { WorstGateNotice } from './worst-gate-notice.tsx';

// Most keys are called: what is said of the others comes when it is needed.
const NoCalls = lazy(() => import('./no-calls.tsx'));

const ranges = ['24h', '7d', '30d'] as const;

interface CallHistoryProps {
  range: UsageRange;
  onRange: (range: UsageRange) => void;
}

/** The calls of a key over time by outcome, and what refuses most of them. */
export function CallHistory({ range, onRange }: CallHistoryProps) {
  const { id } = useKey();
  const { usage, query, isStale } = useKeyUsage(id, range, settleView({ range }).bucket);
  return (
    <section aria-labelledby="calls">
      <div className={classes.heading}>
        <Title order={2} id="calls">
          Calls
        </Title>
        <Segments
          legend="Calls of the last"
          value={range}
          onChange={onRange}
          segments={ranges.map((value) => ({ value, label: usageRanges[value].label }))}
        />
      </div>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {!query.isError && (
        <div aria-busy={isStale} className={isStale && usage !== null ? classes.stale : undefined}>
          {usage === null ? <Loading /> : <Calls usage={usage} />}
        </div>
      )}
    </section>
  );
}

function Calls({ usage }: { usage: KeyUsage }) {
  if (usage.buckets.length === 0) {
    return (
      <Suspense fallback={<Loading />}>
        <NoCalls usage={usage} />
      </Suspense>
    );
  }
  const { buckets, from, to, bucket } = usage;
  return (
    <Panel className={classes.body}>
      <WorstGateNotice usage={usage} />
      <OutcomeChart
        label={`Calls by outcome, the last ${usageRanges[usage.range].label}`}
        buckets={buckets}
        from={from}
        to={to}
        bucket={bucket}
      />
    </Panel>
  );
}

/** As tall as what comes. */
function Loading() {
  return (
    <Panel className={classes.body}>
      <span role="status" className="visually-hidden">
        Loading calls
      </span>
      <Skeleton height={41} />
      <Skeleton height={274} />
    </Panel>
  );
}
