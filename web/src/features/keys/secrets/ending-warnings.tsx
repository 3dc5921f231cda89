import type { Underway } from './rotation.ts';
import { Ago } from './step-evidence.tsx';

type Action = 'finish' | 'rollback';

/** Whether the calls tell that an end now breaks something. */
export function warnsOf({ isNewSeen, isOldBusy }: Underway, action: Action): boolean {
  return action === 'finish' ? !isNewSeen || isOldBusy : isNewSeen;
}

/** What would break, as far as the calls tell. It changes with them while the dialog is open. */
export function EndingWarnings({ underway, action }: { underway: Underway; action: Action }) {
  const { older, newer, now, isNewSeen, isOldBusy } = underway;
  if (action === 'rollback') {
    return (
      newer.lastUsedAt !== null && (
        <p>
          The new secret was used <Ago time={newer.lastUsedAt} now={now} />
          {newer.lastUsedIp !== null && <>, from {newer.lastUsedIp}</>}. Whatever has it already
          will be refused.
        </p>
      )
    );
  }
  return (
    <>
      {!isNewSeen && (
        <p>
          The new secret has not been seen in use. If it is not deployed yet, whatever uses this key
          stops working.
        </p>
      )}
      {isOldBusy && older.lastUsedAt !== null && (
        <p>
          The old secret was used <Ago time={older.lastUsedAt} now={now} />
          {older.lastUsedIp !== null && <>, from {older.lastUsedIp}</>}. That caller will be
          refused.
        </p>
      )}
    </>
  );
}
