import { formatZone } from '../../../lib/format-zone.ts';
import type { Bucket } from '../usage-range.ts';
import classes from './key-activity.module.css';

/** In which zone the times are, which a day that begins elsewhere makes worth saying. */
export function ZoneNote({ bucket }: { bucket: Bucket }) {
  const left = bucket === 'hour' ? 'Hours' : 'Days';
  const { zone, midnight } = formatZone();
  const when =
    bucket === 'hour'
      ? `Times are in ${zone}.`
      : `Days begin at midnight UTC${midnight === null ? '' : `, which is ${midnight} in ${zone}`}.`;
  return (
    <p className={classes.note}>
      {when} {left} without a call are left out.
    </p>
  );
}
