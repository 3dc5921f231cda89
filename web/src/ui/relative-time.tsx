import { formatExactTime, formatRelativeTime } from '../lib/format-time.ts';

/** How long ago, with the exact time at hand. */
export function RelativeTime({ time }: { time: string }) {
  return (
    <time dateTime={time} title={formatExactTime(time)}>
      {formatRelativeTime(time)}
    </time>
  );
}
