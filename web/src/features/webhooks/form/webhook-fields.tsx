import { TextInput } from '@mantine/core';
import { EventField } from './event-field.tsx';
import { FilterFields } from './filter-fields.tsx';
import type { WebhookForm } from './webhook-draft.ts';
import classes from './webhook-fields.module.css';

interface WebhookFieldsProps {
  form: WebhookForm;
  takesPrivate: boolean;
}

/** Where to, what of, and of which keys. */
export function WebhookFields({ form, takesPrivate }: WebhookFieldsProps) {
  return (
    <div className={classes.root}>
      <TextInput
        label="Address"
        description={
          takesPrivate
            ? 'A public address by https, or one of those that this Keyward’s operator allows. Redirects are not followed.'
            : 'Public, and by https: private networks are out of reach. Redirects are not followed.'
        }
        placeholder="https://example.com/webhooks"
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('url')}
      />
      <TextInput
        label="Description"
        description="Optional. What listens there, such as Billing or Team chat."
        autoComplete="off"
        maxLength={200}
        {...form.getInputProps('description')}
      />
      <EventField form={form} />
      <FilterFields form={form} />
    </div>
  );
}
