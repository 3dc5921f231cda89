import { NativeSelect } from '@mantine/core';
import classes from './filter-select.module.css';

interface FilterOption {
  value: string;
  label: string;
}

interface FilterGroup {
  group: string;
  items: FilterOption[];
}

interface FilterSelectProps {
  label: string;
  /** What stands there when nothing is filtered. */
  all: string;
  options: readonly (FilterOption | FilterGroup)[];
  value: string | undefined;
  onChange: (value: string) => void;
  /** What a value that is not among the options is called; itself, where nothing is said. */
  nameOther?: (value: string) => string;
}

export function FilterSelect({
  label,
  all,
  options,
  value = '',
  onChange,
  nameOther = (other) => other,
}: FilterSelectProps) {
  // A value from the address that is no longer offered is still shown: it does filter.
  const isOffered =
    value === '' ||
    options
      .flatMap((option) => ('items' in option ? option.items : [option]))
      .some((option) => option.value === value);
  return (
    <NativeSelect
      aria-label={label}
      className={classes.root}
      data={[
        { value: '', label: all },
        ...(isOffered ? [] : [{ value, label: nameOther(value) }]),
        ...options,
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
