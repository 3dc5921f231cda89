import { Button, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import type { LeaverKey, Member } from '../member.ts';
import classes from './confirm-removal.module.css';
import { workStateOf } from './leaver-work.ts';

interface ConfirmRemovalProps {
  member: Member;
  leaverKeys: readonly LeaverKey[];
  isSelf: boolean;
  isPending: boolean;
  /** Of the last try. */
  error: unknown;
  /** Why it has to wait; null when it may go ahead. */
  refusal: string | null;
  onRemove: () => void;
}

/** The last step. What is in use asks for a word typed by hand, not for a click. */
export function ConfirmRemoval(props: ConfirmRemovalProps) {
  const { member, leaverKeys, isSelf, isPending, error, refusal, onRemove } = props;
  const [typed, setTyped] = useState('');
  const isInUse = leaverKeys.some(({ callsIn30Days }) => callsIn30Days > 0);
  const isConfirmed = !isInUse || typed.trim().toLowerCase() === member.email;
  const button = isSelf ? 'Leave organization' : `Remove ${member.name}`;
  return (
    <form
      className={classes.root}
      aria-labelledby="remove"
      onSubmit={(event) => {
        event.preventDefault();
        if (isConfirmed && refusal === null && !isPending) {
          onRemove();
        }
      }}
    >
      <Title order={2} id="remove">
        {button}
      </Title>
      <p>{describeEnd(leaverKeys.length, isSelf)}</p>
      <Unready leaverKeys={leaverKeys} />
      {isInUse && (
        <TextInput
          label={`Type ${member.email} to confirm`}
          className={classes.typed}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {error !== null && !isPending && <FailureNotice failure={toFailure(error)} />}
      <Button
        type="submit"
        color="red"
        loading={isPending}
        disabled={!isConfirmed || refusal !== null}
      >
        {button}
      </Button>
      <p role="status" className={classes.progress}>
        {isPending
          ? 'Ending the membership, and waiting until every node refuses the keys…'
          : refusal}
      </p>
    </form>
  );
}

function describeEnd(count: number, isSelf: boolean): string {
  const membership = isSelf ? 'Your membership ends' : 'The membership ends';
  if (count === 0) {
    return `${membership}. There are no user keys to revoke.`;
  }
  const keys = count === 1 ? 'the user key above dies' : `all ${count} user keys above die`;
  return `${membership} and ${keys} with it, on every node, before this page says so. This cannot be undone.`;
}

/** How much would break if it were done now. */
function Unready({ leaverKeys }: { leaverKeys: readonly LeaverKey[] }) {
  const states = leaverKeys.map(workStateOf);
  const alone = states.filter((state) => state === 'in-use').length;
  const unseen = states.filter((state) => state === 'handed-over').length;
  if (alone + unseen === 0) {
    return null;
  }
  return (
    <p className={classes.warning}>
      {alone > 0 &&
        `${alone === 1 ? 'One key in use has' : `${alone} keys in use have`} no successor: what calls with ${alone === 1 ? 'it' : 'them'} breaks. `}
      {unseen > 0 &&
        `${unseen === 1 ? 'One bot key has' : `${unseen} bot keys have`} not been seen in use yet.`}
    </p>
  );
}
