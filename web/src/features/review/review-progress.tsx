import { formatCount } from '../../lib/format-time.ts';
import classes from './review-progress.module.css';

interface ReviewProgressProps {
  total: number;
  reviewed: number;
}

/** How far the round is. */
export function ReviewProgress({ total, reviewed }: ReviewProgressProps) {
  return (
    <div className={classes.root}>
      <p className={classes.text}>
        <strong>
          {formatCount(reviewed)} of {formatCount(total)} reviewed in this round
        </strong>
        <span className={classes.note}>A key is due again after 90 days.</span>
      </p>
      <div className={classes.track} aria-hidden="true">
        <div className={classes.bar} style={{ inlineSize: `${(reviewed / total) * 100}%` }} />
      </div>
    </div>
  );
}
