import type { Key } from '@keyward/shared/keys';
import { Button, type ButtonProps } from '@mantine/core';
import classes from './review-actions.module.css';
import { useShortcuts } from './use-shortcuts.ts';

interface ReviewActionsProps {
  apiKey: Key;
  onKeep: () => void;
  onNarrow: () => void;
  onRevoke: () => void;
  onSkip: () => void;
}

/** What can be decided of a key, each by a button and by a letter. */
export function ReviewActions({ apiKey, onKeep, onNarrow, onRevoke, onSkip }: ReviewActionsProps) {
  const holdsNothing = apiKey.permissions.length === 0;
  useShortcuts({
    k: onKeep,
    n: holdsNothing ? undefined : onNarrow,
    r: onRevoke,
    s: onSkip,
  });
  return (
    <fieldset className={classes.root}>
      <legend className={classes.question}>Still needed?</legend>
      <Decision letter="K" label="Keep" onClick={onKeep} />
      <Decision
        letter="N"
        label="Narrow"
        variant="default"
        disabled={holdsNothing}
        title={holdsNothing ? 'It has no permission to take away.' : undefined}
        onClick={onNarrow}
      />
      <Decision letter="R" label="Revoke" variant="default" onClick={onRevoke} />
      <Decision letter="S" label="Skip" variant="subtle" onClick={onSkip} />
    </fieldset>
  );
}

interface DecisionProps extends ButtonProps {
  letter: string;
  label: string;
  title?: string | undefined;
  onClick: () => void;
}

function Decision({ letter, label, ...button }: DecisionProps) {
  return (
    <Button
      {...button}
      aria-keyshortcuts={letter}
      rightSection={
        <span className={classes.letter} aria-hidden="true">
          {letter}
        </span>
      }
    >
      {label}
    </Button>
  );
}
