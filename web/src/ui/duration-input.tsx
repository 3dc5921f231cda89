import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Duration, durationUnits } from '../lib/duration.ts';
import classes from './duration-input.module.css';

interface DurationInputProps {
  /** Of the amount; the unit beside it is named after it. */
  label: string;
  value: Duration;
  onChange: (value: Duration) => void;
  error?: ReactNode;
  description?: ReactNode;
}

/** A length of time, as an amount and its unit. */
export function DurationInput({ label, value, onChange, error, description }: DurationInputProps) {
  return (
    <div className={classes.root}>
      <TextInput
        label={label}
        description={description}
        inputMode="numeric"
        autoComplete="off"
        value={value.amount}
        onChange={(event) => onChange({ ...value, amount: event.currentTarget.value })}
        error={error}
        className={classes.amount}
      />
      <NativeSelect
        aria-label={`${label}: unit`}
        data={durationUnits.map(({ seconds, many }) => ({ value: String(seconds), label: many }))}
        value={value.unit}
        onChange={(event) => onChange({ ...value, unit: event.currentTarget.value })}
        className={classes.unit}
      />
    </div>
  );
}
