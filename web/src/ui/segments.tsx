import { useId } from 'react';
import classes from './segments.module.css';

interface Segment<Value extends string> {
  value: Value;
  label: string;
  /** Why it cannot be chosen. */
  refusal?: string | undefined;
}

interface SegmentsProps<Value extends string> {
  legend: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few short words, side by side. Radio buttons, so arrow keys move between them. */
export function Segments<Value extends string>({
  legend,
  segments,
  value,
  onChange,
}: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className={classes.root}>
      <legend className="visually-hidden">{legend}</legend>
      {segments.map((segment) => (
        <label key={segment.value} className={classes.segment} title={segment.refusal}>
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            disabled={segment.refusal !== undefined}
            onChange={() => onChange(segment.value)}
            className={classes.input}
          />
          {segment.label}
        </label>
      ))}
    </fieldset>
  );
}
