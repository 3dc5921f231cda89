import { formatDate, formatExactTime } from '../lib/format-time.ts';

/** A day in the reader's zone, with the exact time at hand. */
export function CalendarDate({ time }: { time: string }) {
  return (
    <time dateTime={time} title={formatExactTime(time)}>
      {formatDate(time)}
    </time>
  );
}
