import type { Key } from '@keyward/shared/keys';
import { CalendarDate } from '../../ui/calendar-date.tsx';
import classes from './key-pieces.module.css';

/** When it was made, and by whom, where that is not its owner. */
export function KeyOrigin({ apiKey: { createdAt, createdBy, user } }: { apiKey: Key }) {
  return (
    <>
      <span className={classes.first}>
        <CalendarDate time={createdAt} />
      </span>
      {createdBy.id !== user?.id && (
        <span className={classes.second} title={createdBy.name}>
          by {createdBy.name}
        </span>
      )}
    </>
  );
}
