import { Button } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { trpc } from '../../lib/trpc.ts';
import { EmptyNotice } from '../../ui/empty-notice.tsx';
import type { KeyFilters } from './key-filters.ts';
import { attentionLabels, environmentLabels, kindLabels, statusLabels } from './labels.ts';
import classes from './no-matches.module.css';

interface NoMatchesProps {
  filters: KeyFilters;
  onFilter: (filters: KeyFilters) => void;
}

/** Where the filters leave nothing: which they are, each with a way to do without it. */
export function NoMatches({ filters, onFilter }: NoMatchesProps) {
  const told = useToldFilters(filters);
  return (
    <EmptyNotice
      icon={<IconSearch size={22} />}
      title="No key matches"
      action={
        <Button variant="default" onClick={() => onFilter({})}>
          Clear search and filters
        </Button>
      }
    >
      {filters.q === undefined
        ? 'No key passes all of these. Take one away:'
        : 'The search looks in names, in external ids and at the last four characters of secrets. Try fewer letters, or take one of these away:'}
      <ul className={classes.filters}>
        {told.map(([name, label]) => (
          <li key={name}>
            <Button
              variant="default"
              size="xs"
              rightSection={<IconX size={12} />}
              aria-label={`Remove ${label}`}
              onClick={() => {
                const { [name]: _removed, ...rest } = filters;
                onFilter(rest);
              }}
            >
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </EmptyNotice>
  );
}

/** Each filter that is set, in words. */
function useToldFilters(filters: KeyFilters): [keyof KeyFilters, string][] {
  const services = trpc.services.list.useQuery();
  const members = trpc.members.list.useQuery(undefined, { enabled: filters.owner !== undefined });
  const { q, status, kind, service, environment, owner, attention } = filters;
  const serviceName = services.data?.find(({ slug }) => slug === service)?.name ?? service;
  const ownerName = members.data?.find(({ userId }) => userId === owner)?.name ?? owner;
  const told: [keyof KeyFilters, string | undefined][] = [
    ['q', q && `“${q}”`],
    ['attention', attention && attentionLabels[attention]],
    ['status', status && statusLabels[status]],
    ['kind', kind && `${kindLabels[kind]} keys`],
    ['service', serviceName],
    ['environment', environment && environmentLabels[environment]],
    ['owner', ownerName],
  ];
  return told.flatMap(([name, label]) => (label === undefined ? [] : [[name, label]]));
}
