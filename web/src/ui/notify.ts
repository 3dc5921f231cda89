import type { NotificationData } from '@mantine/notifications';
import { wakeNotifications } from './notifications-wanted.ts';

/** Says something that happened. What shows it is loaded when there is something to say. */
export async function notify(notification: NotificationData): Promise<void> {
  wakeNotifications();
  const { notifications } = await import('@mantine/notifications');
  notifications.show(notification);
}
