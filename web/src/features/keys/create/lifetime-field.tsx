import { TextInput } from '@mantine/core';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import type { DraftForm } from './draft-form.ts';
import { type Lifetime, lifetimes } from './key-draft.ts';

const labels: Record<Lifetime, string> = {
  never: 'Never',
  '30': '30 days',
  '90': '90 days',
  '365': '365 days',
  custom: 'On a date',
};

/** The day after today, as a date input writes it, in the reader's zone. */
function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

export function LifetimeField({ form }: { form: DraftForm }) {
  const { lifetime } = form.values;
  return (
    <div>
      <ChoiceGroup
        legend="Expires"
        isCompact
        value={lifetime}
        onChange={(value) => form.setFieldValue('lifetime', value)}
        error={lifetime !== 'custom' && form.errors.lastDay}
        choices={lifetimes.map((value) => ({ value, label: labels[value] }))}
      />
      {lifetime === 'custom' && (
        <TextInput
          type="date"
          label="Last day"
          description="It is good through that day, in your time zone."
          min={tomorrow()}
          mt="sm"
          maw={280}
          {...form.getInputProps('lastDay')}
          error={form.errors.lastDay && 'Choose a day that is still to come.'}
        />
      )}
    </div>
  );
}
