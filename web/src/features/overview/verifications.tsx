import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { inferRouterOutputs } from '@trpc/server';
import { describeOutcome } from '../../lib/describe-outcome.ts';
import { formatShare } from '../../lib/format-share.ts';
import { formatCount } from '../../lib/format-time.ts';
import { sumOutcomes } from '../../lib/usage-rows.ts';
import { OutcomeChart } from '../../ui/outcome-chart.tsx';
import { OutcomeSwatch } from '../../ui/outcome-legend.tsx';
import { Panel } from '../../ui/panel.tsx';
import { describeRefusals } from './describe-refusals.ts';
import classes from './verifications.module.css';

type OrganizationUsage = inferRouterOutputs<AppRouter>['organizations']['usage'];

const dayMilliseconds = 86_400_000;

/** How many there were, how they came out, and on which day. */
export function Verifications({ usage: { buckets, from, to } }: { usage: OrganizationUsage }) {
  const days = Math.ceil((Date.parse(to) - Date.parse(from)) / dayMilliseconds);
  const outcomes = sumOutcomes(buckets);
  const all = outcomes.reduce((sum, { count }) => sum + count, 0);
  const accepted = outcomes.find(({ outcome }) => outcome === 'VALID')?.count ?? 0;
  if (all === 0) {
    return (
      <Panel className={classes.none}>
        <p>No key was verified in the last {days} days.</p>
        <p className={classes.note}>
          A call to <code>POST /v1/keys/verify</code> or through your gateway shows here within a
          second.
        </p>
      </Panel>
    );
  }
  return (
    <Panel className={classes.root}>
      <dl className={classes.totals}>
        <Total name="Verifications" count={all} />
        <Total name="Accepted" count={accepted} of={all} />
        <Total name="Refused" count={all - accepted} of={all} />
      </dl>
      <p className={classes.sentence}>{describeRefusals(outcomes)}</p>
      <div className={classes.body}>
        <div className={classes.chart}>
          <OutcomeChart
            label={`Verifications by outcome, the last ${days} days`}
            buckets={buckets}
            from={new Date(from)}
            to={new Date(to)}
            bucket="day"
            withLegend={false}
          />
          <p className={classes.note}>A day begins at midnight UTC; the last one is today.</p>
        </div>
        <table className={classes.outcomes}>
          <caption className="visually-hidden">Verifications by outcome, with their shares</caption>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Outcome</th>
              <th scope="col">Verifications</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map(({ outcome, count }) => (
              <tr key={outcome}>
                <th scope="row">
                  <span className={classes.outcome}>
                    <OutcomeSwatch outcome={outcome} />
                    {describeOutcome[outcome].label}
                  </span>
                </th>
                <td>{formatCount(count)}</td>
                <td className={classes.share}>{formatShare(count, all)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Total({ name, count, of }: { name: string; count: number; of?: number }) {
  return (
    <div className={classes.total}>
      <dt>{name}</dt>
      <dd>
        <strong>{formatCount(count)}</strong>
        {of !== undefined && <span className={classes.share}> {formatShare(count, of)}</span>}
      </dd>
    </div>
  );
}
