import { isAdmin, useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { FilterSelect } from '../../ui/filter-select.tsx';
import type { KeyFilters } from './key-filters.ts';
import {
  attentionLabels,
  attentions,
  environmentLabels,
  environments,
  kindLabels,
  kinds,
  statuses,
  statusLabels,
} from './labels.ts';

interface KeyFilterFieldsProps {
  filters: KeyFilters;
  onChange: (change: Partial<Record<keyof KeyFilters, string>>) => void;
}

const optionsOf = <Value extends string>(values: readonly Value[], labels: Record<Value, string>) =>
  values.map((value) => ({ value, label: labels[value] }));

/** What ended needs no attention: it is left out, unless somebody asks for it. What was found is suspended. */
function statusFor(attention: string, { status }: KeyFilters): { status?: string } {
  if (attention === 'exposed') {
    return status === 'active' ? { status: '' } : {};
  }
  return attention !== '' && status === undefined ? { status: 'active' } : {};
}

export function KeyFilterFields({ filters, onChange }: KeyFilterFieldsProps) {
  const isForAdmin = isAdmin(useMembership());
  const services = trpc.services.list.useQuery();
  const members = trpc.members.list.useQuery(undefined, { enabled: isForAdmin });
  return (
    <>
      <FilterSelect
        label="Attention"
        all="Attention: any"
        options={optionsOf(attentions, attentionLabels)}
        value={filters.attention}
        onChange={(attention) => onChange({ attention, ...statusFor(attention, filters) })}
      />
      <FilterSelect
        label="Status"
        all="All statuses"
        options={optionsOf(statuses, statusLabels)}
        value={filters.status}
        onChange={(status) => onChange({ status })}
      />
      <FilterSelect
        label="Kind"
        all="All kinds"
        options={optionsOf(kinds, kindLabels)}
        value={filters.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label="Service"
        all="All services"
        options={(services.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
        value={filters.service}
        onChange={(service) => onChange({ service })}
      />
      <FilterSelect
        label="Environment"
        all="Live and test"
        options={optionsOf(environments, environmentLabels)}
        value={filters.environment}
        onChange={(environment) => onChange({ environment })}
      />
      {isForAdmin && (
        <FilterSelect
          label="Owner"
          all="All owners"
          options={(members.data ?? []).map(({ userId, name }) => ({ value: userId, label: name }))}
          value={filters.owner}
          onChange={(owner) => onChange({ owner })}
        />
      )}
    </>
  );
}
