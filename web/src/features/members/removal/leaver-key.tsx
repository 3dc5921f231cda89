import { useRef } from 'react';
import { formatCount } from '../../../lib/format-time.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { SparkBars } from '../../../ui/spark-bars.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { LeaverKey as Leaver } from '../member.ts';
import { HandOver } from './hand-over.tsx';
import { KeyName } from './key-name.tsx';
import { lastThirtyDays } from './last-thirty-days.ts';
import classes from './leaver-key.module.css';
import { describeBreakage, workStateOf, workWords } from './leaver-work.ts';
import { MintedSecret } from './minted-secret.tsx';
import { SuccessorStatus } from './successor-status.tsx';

export interface LeaverKeyProps {
  leaver: Leaver;
  /** Whether the reader makes bot keys at all. */
  mayHandOver: boolean;
  handOverRefusal: string | null;
  /** Of the bot key that was just made of it; null at all other times. */
  secret: string | null;
  onMinted: (secret: string) => void;
  onStored: () => void;
}

/** A key that dies with its owner's membership: how it is used, what breaks, and who goes on with it. */
export function LeaverKey(props: LeaverKeyProps) {
  const { leaver, mayHandOver, handOverRefusal, secret, onMinted, onStored } = props;
  const { key, days, successor } = leaver;
  const item = useRef<HTMLLIElement>(null);
  const { label, tone } = workWords[workStateOf(leaver)];
  const refused = days.reduce((sum, day) => sum + day.refused, 0);
  const calls = `${formatCount(leaver.callsIn30Days)} accepted, ${formatCount(refused)} refused`;
  return (
    <li ref={item} tabIndex={-1} className={classes.root} aria-label={key.name}>
      <div className={classes.facts}>
        <div className={classes.name}>
          <KeyName apiKey={key} />
          <span className={classes.note}>
            {key.service}, {key.environment}. Last used{' '}
            {key.usage.lastUsedAt === null ? 'never' : <RelativeTime time={key.usage.lastUsedAt} />}
            {key.usage.lastUsedIp !== null && ` from ${key.usage.lastUsedIp}`}
          </span>
        </div>
        <div className={classes.traffic}>
          <SparkBars days={lastThirtyDays(days)} label={`Calls of the last 30 days: ${calls}`} />
          <span className={classes.note}>30 days: {calls}</span>
        </div>
        <div className={classes.standing}>
          <StatusMark tone={tone}>{label}</StatusMark>
        </div>
      </div>
      <p className={classes.breakage}>{describeBreakage(leaver)}</p>
      {secret === null && <SuccessorStatus leaver={leaver} />}
      {secret !== null && (
        <MintedSecret
          keyName={key.name}
          secret={secret}
          onStored={() => {
            onStored();
            // The button goes away with the secret: what is read next is this key.
            item.current?.focus();
          }}
        />
      )}
      {mayHandOver && secret === null && successor === null && (
        <HandOver leaver={leaver} refusal={handOverRefusal} onMinted={onMinted} />
      )}
    </li>
  );
}
