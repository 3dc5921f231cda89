import { describeOutcome } from '../../../lib/describe-outcome.ts';
import { formatShare } from '../../../lib/format-share.ts';
import { formatCount } from '../../../lib/format-time.ts';
import { sumOutcomes, type UsageBucket } from '../../../lib/usage-rows.ts';
import { OutcomeSwatch } from '../../../ui/outcome-legend.tsx';
import classes from './outcome-totals.module.css';

/** How often each outcome was met, and its share of all calls. */
export function OutcomeTotals({ buckets }: { buckets: readonly UsageBucket[] }) {
  const met = sumOutcomes(buckets);
  const total = met.reduce((sum, { count }) => sum + count, 0);
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">Calls by outcome</caption>
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Calls</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {met.map(({ outcome, count }) => (
          <tr key={outcome}>
            <th scope="row">
              <span className={classes.name}>
                <OutcomeSwatch outcome={outcome} />
                {describeOutcome[outcome].label}
              </span>
            </th>
            <td>{formatCount(count)}</td>
            <td className={classes.share}>{formatShare(count, total)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <td>{formatCount(total)}</td>
          <td className={classes.share}>100%</td>
        </tr>
      </tfoot>
    </table>
  );
}
