// The console speaks English, so its dates do too: in the reader's English, and in their zone. Some
// systems name languages that Intl does not take, such as en-US@posix.
const locale =
  navigator.languages.find((language) => /^en(-[a-z]{2})?$/i.test(language)) ?? 'en-GB';

const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const hour = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
// A bucket of a day begins at midnight in UTC: in the reader's zone it could bear another day's name.
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const utcDate = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const relative = new Intl.RelativeTimeFormat(locale);
const count = new Intl.NumberFormat(locale);

/** `19 Feb 2027` */
export const formatDate = (time: string | Date): string => date.format(new Date(time));

/** `19 Feb 2027, 14:03:09 CET` */
export const formatExactTime = (time: string | Date): string => exact.format(new Date(time));

/** `19 Feb 2027, 14:03` */
export const formatMoment = (time: string | Date): string => moment.format(new Date(time));

/** `14:03:09` */
export const formatTimeOfDay = (time: string | Date): string => timeOfDay.format(new Date(time));

/** `19 Feb` for a day in UTC; `19 Feb, 14:00` for an hour. */
export const formatBucket = (time: string, bucket: 'hour' | 'day'): string =>
  (bucket === 'day' ? day : hour).format(new Date(time));

/** `19 Feb 2027` for a day in UTC, written as `2027-02-19`. */
export const formatDay = (day: string): string => utcDate.format(new Date(day));

export const formatCount = (value: number): string => count.format(value);

// From how many seconds on a unit is used, and how long it is: 41 days say more than one month.
const units = [
  ['year', 730 * 86_400, 365 * 86_400],
  ['month', 60 * 86_400, 30 * 86_400],
  ['day', 86_400, 86_400],
  ['hour', 3_600, 3_600],
  ['minute', 60, 60],
] as const;

/** `3 hours ago`, `in 2 days`; within a minute, `just now`. */
export function formatRelativeTime(time: string | Date, now = Date.now()): string {
  const seconds = (new Date(time).getTime() - now) / 1000;
  for (const [unit, threshold, size] of units) {
    if (Math.abs(seconds) >= threshold) {
      return relative.format(Math.trunc(seconds / size), unit);
    }
  }
  return 'just now';
}
