import { lazy, Suspense, useSyncExternalStore } from 'react';
import { notificationsWanted } from './notifications-wanted.ts';

const Notifications = lazy(async () => ({
  default: (await import('@mantine/notifications')).Notifications,
}));

/** Where notifications appear, from the first one on. */
export function NotificationHost() {
  const isWanted = useSyncExternalStore(notificationsWanted.subscribe, notificationsWanted.get);
  return (
    <Suspense>{isWanted && <Notifications position="bottom-right" autoClose={8_000} />}</Suspense>
  );
}
