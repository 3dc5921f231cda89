import type { Key } from '@keyward/shared/keys';
import { Text, TextInput } from '@mantine/core';
import { formatDate, formatMoment } from '../../../lib/format-time.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import type { EditForm } from './edit-form.ts';
import { type ExpiryWay, expiryOf, expiryWays } from './key-edits.ts';

const labels: Record<Exclude<ExpiryWay, 'keep'>, string> = {
  '30': 'In 30 days',
  '90': 'In 90 days',
  '365': 'In 365 days',
  date: 'On a date',
  never: 'Never',
};

/** When the key ends: the moment that stands, or another. */
export function ExpiryField({ form, apiKey }: { form: EditForm; apiKey: Key }) {
  const { expiryWay } = form.values;
  const { expiresAt: error } = form.errors;
  const offered = expiryWays.filter((way) => way !== 'never' || apiKey.expiresAt !== null);
  return (
    <div>
      <ChoiceGroup
        legend="Expires"
        isCompact
        value={expiryWay}
        onChange={(value) => {
          form.setFieldValue('expiryWay', value);
          form.clearFieldError('expiresAt');
        }}
        error={expiryWay !== 'date' && error}
        choices={offered.map((value) => ({
          value,
          label: value === 'keep' ? describeKept(apiKey) : labels[value],
        }))}
      />
      {expiryWay === 'date' && (
        <TextInput
          type="date"
          label="Last day"
          description="It is good through that day, in your time zone."
          mt="sm"
          maw={280}
          {...form.getInputProps('lastDay')}
          error={error}
        />
      )}
      <Meaning expiresAt={expiryWay === 'keep' ? null : expiryOf(form.values)} />
    </div>
  );
}

function Meaning({ expiresAt }: { expiresAt: string | null }) {
  return (
    expiresAt !== null &&
    expiresAt !== '' && (
      <Text size="xs" c="dimmed" mt={6}>
        Calls are accepted until {formatMoment(expiresAt)}.
      </Text>
    )
  );
}

function describeKept({ expiresAt, status }: Key): string {
  if (expiresAt === null) {
    return 'Never, as it is';
  }
  return status === 'expired'
    ? `Ended ${formatDate(expiresAt)}`
    : `${formatDate(expiresAt)}, as it is`;
}
