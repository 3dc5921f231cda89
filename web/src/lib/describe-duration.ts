const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** A length of time that somebody chose, exactly: `24 hours`, `90 minutes`, `7 days`. */
export function describeDuration(seconds: number): string {
  // One of a unit is told in the next smaller one, but for an hour: nobody says 60 minutes.
  const fits = ([unit, size]: (typeof units)[number]) =>
    seconds % size === 0 && (seconds > size || unit === 'hour');
  const [unit, size] = units.find(fits) ?? units[3];
  return plural(seconds / size, unit);
}

/** How long something has lasted, cut to its largest unit: `40 seconds`, `26 minutes`. */
export function describeElapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [unit, size] = units.find(([, one]) => whole >= one) ?? units[3];
  return plural(Math.floor(whole / size), unit);
}
