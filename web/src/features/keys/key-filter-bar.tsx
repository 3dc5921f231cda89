import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { FilterSelect } from './filter-select.tsx';
import classes from './key-filter-bar.module.css';
import { hasFilters, type KeyFilters, readKeyFilters } from './key-filters.ts';
import { kindLabels, kinds, statuses, statusLabels } from './labels.ts';

interface KeyFilterBarProps {
  filters: KeyFilters;
  onFilter: (filters: KeyFilters) => void;
}

const settleMs = 250;

export function KeyFilterBar({ filters, onFilter }: KeyFilterBarProps) {
  const services = trpc.services.list.useQuery();
  const [typed, setTyped] = useState(filters.q ?? '');
  const set = (change: Record<string, string>) =>
    onFilter(readKeyFilters({ ...filters, ...change }));
  const search = useDebouncedCallback((q: string) => set({ q }), settleMs);
  // The address may change by other hands: the back button, or a click on Clear.
  useEffect(() => {
    setTyped((before) => (before.trim() === (filters.q ?? '') ? before : (filters.q ?? '')));
  }, [filters.q]);
  return (
    <search className={classes.root} aria-label="Find keys">
      <TextInput
        type="search"
        aria-label="Search by name, last four or external id"
        placeholder="Search by name, last four or external id"
        leftSection={<IconSearch size={16} />}
        className={classes.search}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <FilterSelect
        label="Status"
        all="All statuses"
        options={statuses.map((value) => ({ value, label: statusLabels[value] }))}
        value={filters.status}
        onChange={(status) => set({ status })}
      />
      <FilterSelect
        label="Kind"
        all="All kinds"
        options={kinds.map((value) => ({ value, label: kindLabels[value] }))}
        value={filters.kind}
        onChange={(kind) => set({ kind })}
      />
      <FilterSelect
        label="Service"
        all="All services"
        options={(services.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
        value={filters.service}
        onChange={(service) => set({ service })}
      />
      {hasFilters(filters) && (
        <Button variant="subtle" color="gray" px="sm" onClick={() => onFilter({})}>
          Clear
        </Button>
      )}
    </search>
  );
}
