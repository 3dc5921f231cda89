const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The reader's zone, such as `Europe/Berlin`, and what their clocks show at midnight in UTC: null at that too. */
export function formatZone(now = new Date()): { zone: string; midnight: string | null } {
  const start = new Date(now);
  start.setUTCHours(0, 0, 0, 0);
  const shown = timeOfDay.format(start);
  return { zone: timeZone, midnight: shown === '00:00' ? null : shown };
}
