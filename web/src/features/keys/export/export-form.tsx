import { Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import type { Choice } from '../../../ui/choice.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { hasFilters, type KeyFilters } from '../key-filters.ts';
import type { ExportFormat } from './write-keys.ts';

const formats: readonly Choice<ExportFormat>[] = [
  { value: 'csv', label: 'CSV', description: 'For spreadsheets, one key a row.' },
  { value: 'json', label: 'JSON', description: 'For programs, as the API shows a key.' },
];

interface ExportFormProps {
  filters: KeyFilters;
  onExport: (format: ExportFormat) => void;
  onCancel: () => void;
}

/** What is exported, and as what. */
export function ExportForm({ filters, onExport, onCancel }: ExportFormProps) {
  const membership = useMembership();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onExport(format);
  };
  const all = isAdmin(membership)
    ? `Every key of ${membership.organization.name}`
    : 'Every key of yours';
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>
          {hasFilters(filters) ? 'The keys that pass the search and filters' : all}, newest first.
          Secrets are not in the file: Keyward does not have them.
        </Text>
        <ChoiceGroup legend="Format" choices={formats} value={format} onChange={setFormat} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" data-autofocus>
            Export
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
