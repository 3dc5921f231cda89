import { IconShieldExclamation } from '@tabler/icons-react';
import { useKey } from '../key-context.ts';
import { usageRanges } from '../usage-range.ts';
import type { KeyUsage } from '../use-key-usage.ts';
import { RemedyLink } from './remedy-link.tsx';
import { findWorstGate } from './worst-gate.ts';
import classes from './worst-gate-notice.module.css';

/** From which share of all calls on a refusal is more than now and then. */
const graveShare = 0.05;

/** The gate that refuses most, in a sentence, and where to do something about it. */
export function WorstGateNotice({ usage }: { usage: KeyUsage }) {
  const key = useKey();
  const worst = findWorstGate(key, usage.buckets);
  if (worst === null) {
    return (
      <p className={classes.fine}>
        No call was refused in the last {usageRanges[usage.range].label}.
      </p>
    );
  }
  return (
    <div className={classes.root} data-grave={worst.share >= graveShare || undefined}>
      <IconShieldExclamation size={18} className={classes.icon} aria-hidden="true" />
      <p>
        <strong>{worst.what}</strong> {worst.advice} <RemedyLink remedy={worst.remedy} />
      </p>
    </div>
  );
}
