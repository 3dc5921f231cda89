import { NativeSelect } from '@mantine/core';
import classes from './filter-select.module.css';

interface FilterSelectProps {
  label: string;
  /** What stands there when nothing is filtered. */
  all: string;
  options: readonly { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string) => void;
}

export function FilterSelect({ label, all, options, value = '', onChange }: FilterSelectProps) {
  // A value from the address that is no longer offered is still shown: it does filter.
  const isOffered = value === '' || options.some((option) => option.value === value);
  return (
    <NativeSelect
      aria-label={label}
      className={classes.root}
      data={[
        { value: '', label: all },
        ...(isOffered ? [] : [{ value, label: value }]),
        ...options,
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
