let isWanted = false;
let tell = () => {};

/** From now on there is something to say. */
export function wakeNotifications(): void {
  isWanted = true;
  tell();
}

/** For `useSyncExternalStore`: there is one place for notifications, so one listener. */
export const notificationsWanted = {
  subscribe(listener: () => void): () => void {
    tell = listener;
    return () => {
      tell = () => {};
    };
  },
  get: () => isWanted,
};
