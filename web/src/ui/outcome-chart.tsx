import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { describeOutcome } from '../lib/describe-outcome.ts';
import { formatBucket, formatCount } from '../lib/format-time.ts';
import { sumOutcomes, type UsageBucket, usageRows } from '../lib/usage-rows.ts';
import { Disclosure } from './disclosure.tsx';
import classes from './outcome-chart.module.css';
import { OutcomeLegend } from './outcome-legend.tsx';

// The library that draws is larger than all the rest of a page: it comes after the page.
const OutcomeBars = lazy(() => import('./outcome-bars.tsx'));

interface OutcomeChartProps {
  /** What the chart is of, for those who do not see it. */
  label: string;
  buckets: readonly UsageBucket[];
  from: Date;
  to: Date;
  bucket: 'hour' | 'day';
  /** Of the drawing, in pixels. */
  height?: number;
  /** False where the page itself names the colours. */
  withLegend?: boolean;
  /** Where the page itself has the figures too. */
  isBare?: boolean;
}

/** Calls over time by outcome, as bars, and as a table for whoever prefers one. */
export function OutcomeChart({
  label,
  buckets,
  height = 240,
  isBare = false,
  withLegend = !isBare,
  ...range
}: OutcomeChartProps) {
  const rows = usageRows(buckets, range);
  const met = sumOutcomes(buckets).map(({ outcome }) => outcome);
  return (
    <figure aria-label={label} className={classes.root}>
      {withLegend && <OutcomeLegend outcomes={met} />}
      <div aria-hidden="true" style={{ height }}>
        <Suspense fallback={<Skeleton height={height} />}>
          <OutcomeBars rows={rows} outcomes={met} bucket={range.bucket} height={height} />
        </Suspense>
      </div>
      {!isBare && (
        <Disclosure title="As a table">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <section className={classes.frame} aria-label={`${label}, as a table`} tabIndex={0}>
            <table className={classes.table}>
              <caption className="visually-hidden">{label}</caption>
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  {met.map((outcome) => (
                    <th key={outcome} scope="col">
                      {describeOutcome[outcome].label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows
                  .filter((row) => met.some((outcome) => row[outcome] !== undefined))
                  .map((row) => (
                    <tr key={row.at}>
                      <th scope="row">{formatBucket(row.at, range.bucket)}</th>
                      {met.map((outcome) => (
                        <td key={outcome}>{formatCount(row[outcome] ?? 0)}</td>
                      ))}
                    </tr>
                  ))}
              </tbody>
            </table>
          </section>
        </Disclosure>
      )}
    </figure>
  );
}
