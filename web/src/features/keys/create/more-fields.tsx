import { Stack, Textarea, TextInput } from '@mantine/core';
import { Disclosure } from '../../../ui/disclosure.tsx';
import type { DraftForm } from './draft-form.ts';
import classes from './field.module.css';

/** What most keys do without. */
export function MoreFields({ form }: { form: DraftForm }) {
  const hasErrors = Boolean(form.errors.externalId ?? form.errors.metadata);
  return (
    <Disclosure title="More" description="External id, metadata" isForcedOpen={hasErrors}>
      <Stack gap="md">
        <TextInput
          label="External id"
          description="Your own name for whom this key serves, such as a customer number. Verifiers get it back."
          autoComplete="off"
          {...form.getInputProps('externalId')}
        />
        <Textarea
          label="Metadata"
          description={`A JSON object of your own, at most 4 KiB, such as {"plan": "pro"}. Verifiers get it back.`}
          autosize={false}
          rows={4}
          spellCheck={false}
          className={classes.mono}
          {...form.getInputProps('metadata')}
        />
      </Stack>
    </Disclosure>
  );
}
