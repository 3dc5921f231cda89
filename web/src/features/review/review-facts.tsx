import { CalendarDate } from '../../ui/calendar-date.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import classes from './review-facts.module.css';
import type { ReviewItem } from './review-item.ts';

/** Whose key it is, since when, and until when. */
export function ReviewFacts({ item: { key, reviewedAt } }: { item: ReviewItem }) {
  const { user, kind, service, environment, usage, createdAt, createdBy, expiresAt } = key;
  return (
    <dl className={classes.root}>
      <div>
        <dt>Owner</dt>
        <dd>{user?.name ?? 'The organization'}</dd>
        <dd className={classes.second}>{kind === 'bot' ? 'Bot key' : 'User key'}</dd>
      </div>
      <div>
        <dt>Last used</dt>
        <dd>{usage.lastUsedAt === null ? 'Never' : <RelativeTime time={usage.lastUsedAt} />}</dd>
        <dd className={classes.second}>{usage.lastUsedIp}</dd>
      </div>
      <div>
        <dt>Created</dt>
        <dd>
          <RelativeTime time={createdAt} />
        </dd>
        <dd className={classes.second}>by {createdBy.name}</dd>
      </div>
      <div>
        <dt>Expires</dt>
        <dd>{expiresAt === null ? 'Never' : <CalendarDate time={expiresAt} />}</dd>
        <dd className={classes.second}>
          {expiresAt !== null && <RelativeTime time={expiresAt} />}
        </dd>
      </div>
      <div>
        <dt>Last reviewed</dt>
        <dd>{reviewedAt === null ? 'Never' : <RelativeTime time={reviewedAt} />}</dd>
      </div>
      <div>
        <dt>Opens</dt>
        <dd>{service}</dd>
        <dd className={classes.second}>{environment === 'live' ? 'Live' : 'Test'}</dd>
      </div>
    </dl>
  );
}
