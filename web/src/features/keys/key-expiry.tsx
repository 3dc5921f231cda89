import type { Key } from '@keyward/shared/keys';
import { CalendarDate } from '../../ui/calendar-date.tsx';

/** The day on which a key ends, or ended. */
export function KeyExpiry({ apiKey: { status, expiresAt, revokedAt } }: { apiKey: Key }) {
  if (status === 'revoked' && revokedAt !== null) {
    return <CalendarDate time={revokedAt} />;
  }
  return expiresAt === null ? 'Never' : <CalendarDate time={expiresAt} />;
}
