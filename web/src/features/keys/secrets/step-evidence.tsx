import { describeDuration, describeElapsed } from '../../../lib/describe-duration.ts';
import { formatMoment } from '../../../lib/format-time.ts';
import { MaskedSecret } from '../masked-secret.tsx';
import { secondsBetween, type Underway } from './rotation.ts';

/** `40 seconds ago` by the server's clock, with the exact time at hand. */
export function Ago({ time, now }: { time: string; now: string }) {
  return (
    <time dateTime={time} title={formatMoment(time)}>
      {describeElapsed(secondsBetween(time, now))} ago
    </time>
  );
}

/** How the old secret stands since its last call. */
export function OldSecretUse({ underway }: { underway: Underway }) {
  const { older, now, quietSeconds, isOldBusy } = underway;
  if (older.lastUsedAt === null || quietSeconds === null) {
    return (
      <p>
        The old secret, <MaskedSecret apiKey={older} />, was never used.
      </p>
    );
  }
  if (isOldBusy) {
    return (
      <p>
        The old secret, <MaskedSecret apiKey={older} />, was used{' '}
        <strong>
          <Ago time={older.lastUsedAt} now={now} />
        </strong>
        {older.lastUsedIp !== null && (
          <>
            , from <strong>{older.lastUsedIp}</strong>
          </>
        )}
        : something still runs with it.
      </p>
    );
  }
  return (
    <p>
      The old secret, <MaskedSecret apiKey={older} />, has been{' '}
      <strong>quiet for {describeElapsed(quietSeconds)}</strong>.
    </p>
  );
}

/** When the old secret ends if nobody ends it before. */
export function EndsByItself({ underway }: { underway: Underway }) {
  const { older, newer, now } = underway;
  if (older.retiresAt !== null) {
    return (
      <p>
        It retires by itself on <strong>{formatMoment(older.retiresAt)}</strong>, in{' '}
        {describeElapsed(secondsBetween(now, older.retiresAt))}.
      </p>
    );
  }
  if (older.retireWhenQuietSeconds === null) {
    return <p>It does not retire by itself.</p>;
  }
  const quiet = describeDuration(older.retireWhenQuietSeconds);
  if (newer.firstUsedAt === null) {
    return (
      <p>
        Once the new secret has been seen, the old one retires by itself as soon as it has been{' '}
        <strong>quiet for {quiet}</strong>.
      </p>
    );
  }
  const quietSince = [newer.firstUsedAt, older.lastUsedAt ?? ''].sort().at(-1) ?? newer.firstUsedAt;
  const left = older.retireWhenQuietSeconds - secondsBetween(quietSince, now);
  return (
    <p>
      It retires by itself in <strong>{describeElapsed(Math.max(1, left))}</strong>, when it has
      been quiet for {quiet}. A call with it starts that time anew.
    </p>
  );
}
