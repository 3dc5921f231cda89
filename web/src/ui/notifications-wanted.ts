import { createOneListener } from '../lib/one-listener.ts';

let isWanted = false;
const { tell, subscribe } = createOneListener();

/** From now on there is something to say. */
export function wakeNotifications(): void {
  isWanted = true;
  tell();
}

/** For `useSyncExternalStore`: there is one place for notifications. */
export const notificationsWanted = { subscribe, get: () => isWanted };
