import { formatExactTime, formatRelativeTime } from '../../lib/format-time.ts';

/** When something that comes is due: `within a minute`, `in 5 minutes`. */
export function DueTime({ time }: { time: string }) {
  const isSoon = new Date(time).getTime() < Date.now() + 60_000;
  return (
    <time dateTime={time} title={formatExactTime(time)}>
      {isSoon ? 'within a minute' : formatRelativeTime(time)}
    </time>
  );
}
