import { useId } from 'react';
import type { Choice } from './choice.ts';
import classes from './choice-card.module.css';

interface ChoiceCardProps<Value extends string> {
  name: string;
  choice: Choice<Value>;
  isChosen: boolean;
  onChoose: () => void;
}

export function ChoiceCard<Value extends string>({
  name,
  choice,
  isChosen,
  onChoose,
}: ChoiceCardProps<Value>) {
  const id = useId();
  const note = choice.refusal ?? choice.description;
  return (
    <label className={classes.root} data-refused={choice.refusal ? true : undefined}>
      <input
        type="radio"
        name={name}
        value={choice.value}
        checked={isChosen}
        disabled={Boolean(choice.refusal)}
        onChange={onChoose}
        aria-labelledby={`${id}-label`}
        aria-describedby={note ? `${id}-note` : undefined}
        className={classes.input}
      />
      <span className={classes.text}>
        <span id={`${id}-label`} className={classes.label}>
          {choice.label}
        </span>
        {note && (
          <span id={`${id}-note`} className={classes.note}>
            {note}
          </span>
        )}
      </span>
    </label>
  );
}
