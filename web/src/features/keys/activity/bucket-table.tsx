import { describeOutcome } from '../../../lib/describe-outcome.ts';
import { formatBucket, formatCount } from '../../../lib/format-time.ts';
import { sumOutcomes } from '../../../lib/usage-rows.ts';
import type { KeyUsage } from '../use-key-usage.ts';
import classes from './bucket-table.module.css';
import { filledRows } from './filled-rows.ts';

/** Every hour or day with a call, newest first. */
export function BucketTable({ usage }: { usage: KeyUsage }) {
  const { bucket, buckets } = usage;
  const met = sumOutcomes(buckets).map(({ outcome }) => outcome);
  const caption = bucket === 'hour' ? 'Calls by the hour' : 'Calls by the day';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keyboard too
    <section className={classes.frame} aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <caption className="visually-hidden">{caption}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">{bucket === 'hour' ? 'Hour' : 'Day'}</th>
            <th scope="col">Calls</th>
            {met.map((outcome) => (
              <th key={outcome} scope="col">
                {describeOutcome[outcome].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {filledRows(usage).map(({ row, total }) => (
            <tr key={row.at}>
              <th scope="row">
                <time dateTime={row.at}>{formatBucket(row.at, bucket)}</time>
              </th>
              <td>{formatCount(total)}</td>
              {met.map((outcome) => (
                <td key={outcome} className={row[outcome] === undefined ? classes.none : undefined}>
                  {formatCount(row[outcome] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
