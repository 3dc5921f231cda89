import { Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { AuditScope } from '../../lib/use-audit-pages.ts';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { actionOptions, labelAction } from './audit-actions.ts';
import classes from './audit-filter-bar.module.css';
import { type AuditFilters, actorTypes, hasFilters, readAuditFilters } from './audit-filters.ts';

interface AuditFilterBarProps {
  scope: AuditScope;
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
  people: readonly { value: string; label: string }[];
  nameActor: (id: string) => string;
  nameTarget: (id: string) => string;
}

const kinds = {
  organization: { user: 'Members', operator: 'Operators', key: 'Keys', system: 'Keyward itself' },
  instance: { user: 'People', operator: 'Operators', key: null, system: 'Keyward itself' },
} as const;

/** Which events to show. All of it stands in the address. */
export function AuditFilterBar(props: AuditFilterBarProps) {
  const { scope, filters, onFilter, people, nameActor, nameTarget } = props;
  const set = (change: Partial<Record<keyof AuditFilters, string>>) =>
    onFilter(readAuditFilters({ ...filters, ...change }));
  const ofKind = actorTypes.flatMap((value) => {
    const label = kinds[scope][value];
    return label === null ? [] : [{ value, label }];
  });
  return (
    <search className={classes.root} aria-label="Find events">
      <FilterSelect
        label="What happened"
        all="Everything"
        options={actionOptions(scope)}
        nameOther={labelAction}
        value={filters.action}
        onChange={(action) => set({ action })}
      />
      <FilterSelect
        label="Who did it"
        all="Anyone"
        options={[
          { group: 'As what', items: ofKind },
          ...(people.length > 0 ? [{ group: 'By name', items: [...people] }] : []),
        ]}
        nameOther={nameActor}
        value={filters.actor ?? filters.by}
        onChange={(value) =>
          ofKind.some((kind) => kind.value === value)
            ? set({ by: value, actor: '' })
            : set({ actor: value, by: '' })
        }
      />
      <DayInput label="From" value={filters.from} onChange={(from) => set({ from })} />
      <DayInput label="To" value={filters.to} onChange={(to) => set({ to })} />
      {filters.target !== undefined && (
        <Button
          variant="default"
          rightSection={<IconX size={12} />}
          className={classes.target}
          aria-label={`Remove the filter: about ${nameTarget(filters.target)}`}
          onClick={() => set({ target: '' })}
        >
          About {nameTarget(filters.target)}
        </Button>
      )}
      {hasFilters(filters) && (
        <Button variant="subtle" color="gray" px="sm" onClick={() => onFilter({})}>
          Clear
        </Button>
      )}
    </search>
  );
}

interface DayInputProps {
  label: string;
  value: string | undefined;
  onChange: (day: string) => void;
}

function DayInput({ label, value = '', onChange }: DayInputProps) {
  return (
    <TextInput
      type="date"
      aria-label={`${label} day`}
      className={classes.day}
      leftSection={<span className={classes.label}>{label}</span>}
      leftSectionWidth={52}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
