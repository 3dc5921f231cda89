import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useId } from 'react';
import classes from './key-filter-bar.module.css';
import { KeyFilterFields } from './key-filter-fields.tsx';
import { hasFilters, type KeyFilters, readKeyFilters } from './key-filters.ts';
import { KeySearch } from './key-search.tsx';

interface KeyFilterBarProps {
  filters: KeyFilters;
  onFilter: (filters: KeyFilters) => void;
}

/** Which keys to show. On small screens what is seldom changed waits behind a button. */
export function KeyFilterBar({ filters, onFilter }: KeyFilterBarProps) {
  const fieldsId = useId();
  const [isOpen, { toggle }] = useDisclosure(false);
  const set = (change: Partial<Record<keyof KeyFilters, string>>) =>
    onFilter(readKeyFilters({ ...filters, ...change }));
  const { q: _q, ...chosen } = filters;
  const count = Object.keys(chosen).length;
  return (
    <search className={classes.root} aria-label="Find keys">
      <KeySearch q={filters.q ?? ''} onSearch={(q) => set({ q })} />
      <Button
        variant="default"
        className={classes.toggle}
        leftSection={<IconFilter size={16} />}
        aria-expanded={isOpen}
        aria-controls={fieldsId}
        onClick={toggle}
      >
        {count === 0 ? 'Filters' : `Filters: ${count}`}
      </Button>
      <div id={fieldsId} className={classes.fields} data-open={isOpen || undefined}>
        <KeyFilterFields filters={filters} onChange={set} />
        {hasFilters(filters) && (
          <Button variant="subtle" color="gray" px="sm" onClick={() => onFilter({})}>
            Clear
          </Button>
        )}
      </div>
    </search>
  );
}
