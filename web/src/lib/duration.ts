import { formatCount } from './format-time.ts';

/** A length of time as a form asks for it: an amount as it was typed, and the seconds of its unit. */
export interface Duration {
  amount: string;
  unit: string;
}

export const durationUnits = [
  { seconds: 86_400, one: 'day', many: 'days' },
  { seconds: 3_600, one: 'hour', many: 'hours' },
  { seconds: 60, one: 'minute', many: 'minutes' },
  { seconds: 1, one: 'second', many: 'seconds' },
] as const;

function unitOf(seconds: number) {
  return durationUnits.find((unit) => seconds % unit.seconds === 0) ?? durationUnits[3];
}

/** In the largest unit that divides it: 7,200 seconds are 2 hours. */
export function toDuration(seconds: number): Duration {
  const unit = unitOf(seconds);
  return { amount: String(seconds / unit.seconds), unit: String(unit.seconds) };
}

/** In seconds; NaN where the amount is no number. */
export const toSeconds = ({ amount, unit }: Duration): number =>
  amount.trim() === '' ? Number.NaN : Number(amount) * Number(unit);

/** `90 days`, `1 hour` */
export function describeDuration(seconds: number): string {
  const unit = unitOf(seconds);
  const amount = seconds / unit.seconds;
  return `${formatCount(amount)} ${amount === 1 ? unit.one : unit.many}`;
}
