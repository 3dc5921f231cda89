import { Stack, Textarea, TextInput } from '@mantine/core';
import { Disclosure } from '../../../ui/disclosure.tsx';
import type { DraftForm } from './draft-form.ts';

/** What most keys do without. */
export function MoreFields({ form }: { form: DraftForm }) {
  const hasErrors = Boolean(form.errors.ipAllowlist ?? form.errors.externalId);
  return (
    <Disclosure title="More" description="Allowed addresses, external id" isForcedOpen={hasErrors}>
      <Stack gap="md">
        <Textarea
          label="Allowed addresses"
          description="One address or range a line, such as 203.0.113.0/24. Left empty, calls may come from anywhere."
          autosize={false}
          rows={3}
          spellCheck={false}
          {...form.getInputProps('ipAllowlist')}
        />
        <TextInput
          label="External id"
          description="Your own name for whom this key serves, such as a customer number. Verifiers get it back."
          autoComplete="off"
          {...form.getInputProps('externalId')}
        />
      </Stack>
    </Disclosure>
  );
}
