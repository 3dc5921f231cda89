import type { Outcome } from '@keyward/shared/outcomes';
import { describeOutcome } from '../lib/describe-outcome.ts';
import classes from './outcome-legend.module.css';

/** Which colour is which outcome: for the eye, since the table of a chart says it in words. */
export function OutcomeLegend({ outcomes }: { outcomes: readonly Outcome[] }) {
  return (
    <div aria-hidden="true" className={classes.root}>
      {outcomes.map((outcome) => (
        <span key={outcome} className={classes.entry}>
          <OutcomeSwatch outcome={outcome} />
          {describeOutcome[outcome].label}
        </span>
      ))}
    </div>
  );
}

/** The colour of an outcome. */
export function OutcomeSwatch({ outcome }: { outcome: Outcome }) {
  return (
    <span
      aria-hidden="true"
      className={classes.swatch}
      style={{ background: describeOutcome[outcome].color }}
    />
  );
}
