import { Button, type ButtonProps } from '@mantine/core';
import classes from './review-actions.module.css';

export interface Decisions {
  onKeep: () => void;
  onNarrow: () => void;
  onRevoke: () => void;
  onSkip: () => void;
}

interface ReviewActionsProps extends Decisions {
  /** There is nothing to take away. */
  holdsNothing: boolean;
}

/** What can be decided of a key, each by a button and by a letter. */
export function ReviewActions({
  holdsNothing,
  onKeep,
  onNarrow,
  onRevoke,
  onSkip,
}: ReviewActionsProps) {
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
      <p className={classes.hint}>The letters work while the focus is on this key.</p>
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
