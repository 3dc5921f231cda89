import { createKeyOfKindInput } from '@keyward/shared/keys';
import type { Service } from '@keyward/shared/services';
import { useForm } from '@mantine/form';
import { useRef } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { BackToKeys } from '../back-to-keys.tsx';
import classes from './create-key-form.module.css';
import { CreateKeyPanel } from './create-key-panel.tsx';
import { type KeyDraft, startDraft } from './key-draft.ts';
import { LifetimeField } from './lifetime-field.tsx';
import { MoreFields } from './more-fields.tsx';
import { NameField } from './name-field.tsx';
import { PermissionField } from './permission-field.tsx';
import type { MintedKey } from './secret-step.tsx';
import { ServiceFields } from './service-fields.tsx';
import { toCreateInput } from './to-create-input.ts';
import { toFormErrors } from './to-form-errors.ts';
import { useCreateKey } from './use-create-key.ts';

interface CreateKeyFormProps {
  services: readonly Service[];
  askedService: string | undefined;
  onCreated: (minted: MintedKey) => void;
}

/** One page for a new key, with what it will be beside it. */
export function CreateKeyForm({ services, askedService, onCreated }: CreateKeyFormProps) {
  const membership = useMembership();
  const element = useRef<HTMLFormElement>(null);
  const form = useForm<KeyDraft>({
    initialValues: startDraft(chooseService(services, askedService), membership),
  });
  const draft = form.values;
  const service = chooseService(services, draft.service);
  const create = useCreateKey(onCreated);
  const showErrors = (errors: Record<string, string>) => {
    form.setErrors(errors);
    // Once the errors stand in the page, the first of them gets the focus.
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const submit = () => {
    const parsed = createKeyOfKindInput.safeParse(toCreateInput(draft));
    if (parsed.success) {
      form.clearErrors();
      create.mutate(parsed.data, {
        onError: (error) => showErrors(toFormErrors(toFailure(error).issues)),
      });
    } else {
      create.reset();
      showErrors(toFormErrors(parsed.error.issues));
    }
  };
  return (
    <>
      <BackToKeys />
      <PageHeader
        title="Create key"
        description="Give it as little as its work needs. You can make another key at any time."
      />
      <form
        ref={element}
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={classes.fields}>
          <ServiceFields form={form} services={services} service={service} />
          <NameField form={form} />
          <PermissionField form={form} service={service} />
          <LifetimeField form={form} />
          <MoreFields form={form} />
        </div>
        <CreateKeyPanel
          draft={draft}
          service={service}
          failure={create.isError ? toFailure(create.error) : null}
          isPending={create.isPending}
        />
      </form>
    </>
  );
}

/** The service of this slug; without one, the first that is not Keyward's own. */
function chooseService(services: readonly Service[], slug: string | undefined): Service {
  const found =
    services.find((service) => service.slug === slug) ??
    services.find((service) => service.slug !== 'keyward') ??
    services[0];
  if (found === undefined) {
    throw new Error('The form needs at least one service.');
  }
  return found;
}
