import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { toFailure } from './failure.ts';
import { createOneListener } from './one-listener.ts';

interface Waiting {
  /** Whether the person has shown that it is them. */
  isConfirmed: Promise<boolean>;
  settle: (isConfirmed: boolean) => void;
}

let waiting: Waiting | null = null;
const { tell, subscribe } = createOneListener();

/** For `useSyncExternalStore`: there is one place where it is asked. */
export const confirmationWanted = { subscribe, get: () => waiting !== null };

/** Ends the asking, for all calls that wait for it. */
export function settleConfirmation(isConfirmed: boolean): void {
  waiting?.settle(isConfirmed);
  waiting = null;
  tell();
}

function askToConfirm(): Promise<boolean> {
  if (waiting === null) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    waiting = { isConfirmed: promise, settle: resolve };
    tell();
  }
  return waiting.isConfirmed;
}

const confirmed = 'keyward-confirmed';

/** Tells the other windows of this browser that a provider has confirmed who it is. */
export function tellConfirmed(): void {
  const channel = new BroadcastChannel(confirmed);
  channel.postMessage(null);
  channel.close();
}

/** Listens for that; the function that comes back ends it. */
export function hearConfirmed(listener: () => void): () => void {
  const channel = new BroadcastChannel(confirmed);
  channel.addEventListener('message', listener);
  return () => channel.close();
}

/**
 * Has the person confirm that it is them where the server wants that for a call, and sends the call once
 * more. Who called knows nothing of it, unless they would not confirm: then the refusal is theirs.
 */
export const confirmationLink: TRPCLink<AppRouter> =
  () =>
  ({ next, op }) =>
    observable((observer) => {
      let isGone = false;
      const send = () =>
        next(op).subscribe({
          ...observer,
          error(error) {
            if (toFailure(error).code !== 'confirmation_required') {
              observer.error(error);
              return;
            }
            void askToConfirm().then((isConfirmed) => {
              if (isConfirmed && !isGone) {
                sent = send();
              } else {
                observer.error(error);
              }
            });
          },
        });
      let sent = send();
      return () => {
        isGone = true;
        sent.unsubscribe();
      };
    });
