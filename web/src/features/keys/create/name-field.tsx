import { TextInput } from '@mantine/core';
import type { DraftForm } from './draft-form.ts';

export function NameField({ form }: { form: DraftForm }) {
  return (
    <TextInput
      label="Name"
      description="Name it for the system that will use it, such as Production Telegram bot or Warehouse fulfilment sync."
      autoComplete="off"
      {...form.getInputProps('name')}
    />
  );
}
