import { judgeKeyHealth } from '@keyward/shared/key-health';
import type { Key } from '@keyward/shared/keys';
import type { SparkDay } from '../../ui/spark-bars.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import classes from './key-pieces.module.css';
import { sumDays } from './sum-days.ts';

interface KeyHealthProps {
  apiKey: Key;
  /** Its last seven days, once they are known. */
  days: readonly SparkDay[] | null | undefined;
  isExposed: boolean;
}

/** How a key is, and what that rests on. */
export function KeyHealth({ apiKey, days, isExposed }: KeyHealthProps) {
  const { tone, label, reason } = judgeKeyHealth(
    apiKey,
    new Date(),
    days ? sumDays(days) : undefined,
    isExposed,
  );
  return (
    <>
      <StatusMark tone={tone}>{label}</StatusMark>
      {reason !== null && <span className={classes.second}> {reason}</span>}
    </>
  );
}
