import type { RotateKeyInput } from '@keyward/shared/rotation';

/** How the old secret of a rotation ends: after a time, when it has been quiet, or at once. */
export type EndingWay = 'grace' | 'quiet' | 'now';

export const presets = ['3600', '86400', '604800', 'own'] as const;
export const unitSeconds = { minutes: 60, hours: 3_600, days: 86_400 } as const;
export type Unit = keyof typeof unitSeconds;

/** The end of the old secret as it stands in the form. */
export interface Ending {
  way: EndingWay;
  /** Seconds, or `own` for a time that is written by hand. */
  preset: (typeof presets)[number];
  amount: string;
  unit: Unit;
}

export const usualEnding: Ending = { way: 'grace', preset: '86400', amount: '', unit: 'hours' };

const mostSeconds = 90 * 86_400;

/** The time that was chosen, in seconds; null for one that cannot be taken. */
export function chosenSeconds({ preset, amount, unit }: Ending): number | null {
  if (preset !== 'own') {
    return Number(preset);
  }
  const seconds = /^\d+$/.test(amount.trim()) ? Number(amount) * unitSeconds[unit] : 0;
  return seconds >= 60 && seconds <= mostSeconds ? seconds : null;
}

/** What to ask of the server; null while the time is not one that can be taken. */
export function toRotation(ending: Ending): RotateKeyInput | null {
  if (ending.way === 'now') {
    return { graceSeconds: 0 };
  }
  const seconds = chosenSeconds(ending);
  if (seconds === null) {
    return null;
  }
  return ending.way === 'grace' ? { graceSeconds: seconds } : { retireWhenQuietSeconds: seconds };
}
