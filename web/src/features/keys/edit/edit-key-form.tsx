import type { Key } from '@keyward/shared/keys';
import type { Service } from '@keyward/shared/services';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { findErrors, toFieldErrors } from './find-errors.ts';
import { changesOf, type KeyEdits, startEdits } from './key-edits.ts';
import { LimitField } from './limit-field.tsx';
import { Meanwhile } from './meanwhile.tsx';
import { MetadataField } from './metadata-field.tsx';
import { TierField } from './tier-field.tsx';
import { useUpdateKey } from './use-update-key.ts';

interface EditKeyFormProps {
  target: Key;
  service: Service;
  onDone: () => void;
}

const pollMilliseconds = 4_000;

/** The facts of a key that can be changed. What stays as it is is not sent. */
export function EditKeyForm({ target, service, onDone }: EditKeyFormProps) {
  const { user } = useMembership();
  const element = useRef<HTMLFormElement>(null);
  const name = useRef<HTMLInputElement>(null);
  // The dialog opens before the form is there, and cannot give it the focus.
  useEffect(() => name.current?.focus(), []);
  const [start] = useState(target);
  const [startValues] = useState(() => startEdits(target, service));
  const fresh = trpc.keys.get.useQuery({ id: target.id }, { refetchInterval: pollMilliseconds });
  const now = fresh.data ?? start;
  const form = useForm<KeyEdits>({ initialValues: startValues });
  const update = useUpdateKey(start, onDone);
  const showErrors = (errors: Record<string, string>) => {
    // At once: a frame may come before the errors stand in the page, and the first would get no focus.
    flushSync(() => form.setErrors(errors));
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  const changes = changesOf(start, startValues, form.values);
  const hasChanges = Object.keys(changes).length > 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const errors = await findErrors(changes, form.values);
    if (Object.keys(errors).length > 0) {
      update.reset();
      showErrors(errors);
      return;
    }
    form.clearErrors();
    update.mutate(
      { id: start.id, changes },
      { onError: (error) => showErrors(toFieldErrors(toFailure(error).issues)) },
    );
  };
  const tier = service.tiers.find((one) => one.name === form.values.tier);
  const mayLift = tier?.rateLimit != null && (user.isOperator || startValues.limitWay === 'none');
  return (
    <form ref={element} noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="lg">
        <Meanwhile start={start} now={now} />
        <TextInput ref={name} label="Name" autoComplete="off" {...form.getInputProps('name')} />
        <TierField form={form} service={service} environment={start.environment} />
        <LimitField form={form} tier={tier} mayLift={mayLift} />
        <ExpiryField form={form} apiKey={start} />
        <TextInput
          label="External id"
          description="Your own name for whom this key serves, such as a customer number."
          autoComplete="off"
          {...form.getInputProps('externalId')}
        />
        <MetadataField
          rows={form.values.metadata}
          error={form.errors.metadata}
          onChange={(rows) => {
            form.setFieldValue('metadata', rows);
            form.clearFieldError('metadata');
          }}
        />
        {update.isError && <FailureNotice failure={toFailure(update.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={update.isPending}
            disabled={!hasChanges || now.status === 'revoked'}
          >
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
