import { type ReactNode, useId } from 'react';
import type { Choice } from './choice.ts';
import { ChoiceCard } from './choice-card.tsx';
import classes from './choice-group.module.css';

interface ChoiceGroupProps<Value extends string> {
  legend: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** What holds for all of the choices. */
  note?: ReactNode;
  error?: ReactNode;
  isCompact?: boolean;
  /** One below the other, where their number would leave a gap beside the last. */
  isStacked?: boolean;
}

/** One of a few, all of them in view. */
export function ChoiceGroup<Value extends string>({
  legend,
  choices,
  value,
  onChange,
  note,
  error,
  isCompact = false,
  isStacked = false,
}: ChoiceGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset
      className={classes.root}
      data-compact={isCompact || undefined}
      data-stacked={isStacked || undefined}
      data-invalid={Boolean(error) || undefined}
      aria-describedby={error ? `${name}-error` : undefined}
    >
      <legend className={classes.legend}>{legend}</legend>
      {note && <p className={classes.note}>{note}</p>}
      <div className={classes.choices}>
        {choices.map((choice) => (
          <ChoiceCard
            key={choice.value}
            name={name}
            choice={choice}
            isChosen={choice.value === value}
            onChoose={() => onChange(choice.value)}
          />
        ))}
      </div>
      {error && (
        <p id={`${name}-error`} className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
