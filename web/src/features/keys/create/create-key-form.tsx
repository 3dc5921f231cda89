import type { Guardrails } from '@keyward/shared/guardrails';
import type { Service } from '@keyward/shared/services';
import { useForm } from '@mantine/form';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useMembership } from '../../../lib/membership.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { BackToKeys } from '../back-to-keys.tsx';
import { AllowlistField } from './allowlist-field.tsx';
import { chooseService } from './choose-service.ts';
import classes from './create-key-form.module.css';
import { CreateKeyPanel } from './create-key-panel.tsx';
import { focusFirstFault } from './focus-first-fault.ts';
import { findDraftBreaches, judgeDraft, loadContract } from './judge-draft.ts';
import { type KeyDraft, startDraft } from './key-draft.ts';
import { LifetimeField } from './lifetime-field.tsx';
import { LimitField } from './limit-field.tsx';
import { MoreFields } from './more-fields.tsx';
import { NameField } from './name-field.tsx';
import { PermissionField } from './permission-field.tsx';
import { ServiceFields } from './service-fields.tsx';
import { toFormErrors } from './to-form-errors.ts';
import { type CreatedKey, useCreateKey } from './use-create-key.ts';

interface CreateKeyFormProps {
  services: readonly Service[];
  askedService: string | undefined;
  rules: Guardrails;
  onCreated: (created: CreatedKey) => void;
}

/** One page for a new key, with what it will be beside it. */
export function CreateKeyForm({ services, askedService, rules, onCreated }: CreateKeyFormProps) {
  const membership = useMembership();
  const element = useRef<HTMLFormElement>(null);
  const form = useForm<KeyDraft>({
    initialValues: startDraft(chooseService(services, askedService), membership, rules),
  });
  const draft = form.values;
  const service = chooseService(services, draft.service);
  const { submit, failure, isPending } = useCreateKey({
    rules,
    onCreated,
    onErrors: (errors) => {
      // At once: a frame may come before the errors stand in the page, and the first would get no focus.
      flushSync(() => form.setErrors(errors));
      focusFirstFault(element);
    },
  });
  const breaches = findDraftBreaches(draft, rules);
  const judgeAllowlist = async (ipAllowlist: string) => {
    const typed = { ...draft, ipAllowlist };
    const { issues } = await judgeDraft(typed, rules);
    const error = toFormErrors(issues, typed).ipAllowlist;
    // What the organization demands is said beside the field until the key is asked for.
    if (error?.startsWith('Line ')) {
      form.setFieldError('ipAllowlist', error);
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
        // Whoever begins to fill the form will need the contract soon.
        onFocus={() => void loadContract().catch(() => undefined)}
        onSubmit={(event) => {
          event.preventDefault();
          submit(draft);
        }}
      >
        <div className={classes.fields}>
          <ServiceFields form={form} services={services} service={service} rules={rules} />
          <NameField form={form} />
          <PermissionField key={service.slug} form={form} service={service} />
          <LifetimeField form={form} service={service} rules={rules} />
          <LimitField form={form} service={service} />
          <AllowlistField
            form={form}
            demand={breaches.find(({ path }) => path === 'ipAllowlist')?.message}
            onDone={(typed) => void judgeAllowlist(typed)}
          />
          <MoreFields form={form} />
        </div>
        <CreateKeyPanel
          draft={draft}
          service={service}
          rules={rules}
          failure={failure}
          isPending={isPending}
        />
      </form>
      <UnsavedGuard
        isActive={form.isDirty() || isPending}
        what={isPending ? 'The secret of the key that is being made' : 'What you wrote of the key'}
      />
    </>
  );
}
