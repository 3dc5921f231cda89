import type { Guardrails } from '@keyward/shared/guardrails';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { CheckLine } from '../../../ui/check-line.tsx';
import { DurationInput } from '../../../ui/duration-input.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { Breaches } from './breaches.tsx';
import { faultsOf, sameGuardrails, toDraft, toGuardrails } from './guardrails-draft.ts';
import classes from './guardrails-form.module.css';
import { PermissionTokens } from './permission-tokens.tsx';

/** Each rule, and beside them who would not comply with them as they stand in the form. */
export function GuardrailsForm({ saved }: { saved: Guardrails }) {
  const [draft, setDraft] = useState(() => toDraft(saved));
  const utils = trpc.useUtils();
  const save = trpc.organizations.setGuardrails.useMutation({
    onSuccess: (guardrails) => {
      utils.organizations.guardrails.setData(undefined, guardrails);
      void notify({ title: 'Guardrails saved', message: 'They hold from the next key on.' });
    },
  });
  const rules = toGuardrails(draft);
  const faults = faultsOf(rules);
  const isValid = faults.lifetime === null && faults.unused === null;
  const isDirty = !isValid || !sameGuardrails(rules, saved);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ guardrails: rules, seen: saved });
      }}
    >
      <div className={classes.rule}>
        <CheckLine
          isChecked={draft.hasLifetime}
          onChange={(hasLifetime) => change({ hasLifetime })}
        >
          Keys have to expire
        </CheckLine>
        {draft.hasLifetime && (
          <div className={classes.value}>
            <DurationInput
              label="Longest lifetime"
              value={draft.lifetime}
              onChange={(lifetime) => change({ lifetime })}
              error={faults.lifetime}
            />
          </div>
        )}
      </div>
      <div className={classes.rule}>
        <CheckLine isChecked={draft.hasUnused} onChange={(hasUnused) => change({ hasUnused })}>
          Unused keys are suspended
        </CheckLine>
        {draft.hasUnused && (
          <div className={classes.value}>
            <TextInput
              label="Days without a call"
              description="A change counts as use. Whoever needs the key again resumes it."
              inputMode="numeric"
              autoComplete="off"
              value={draft.unusedDays}
              onChange={(event) => change({ unusedDays: event.currentTarget.value })}
              error={faults.unused}
            />
          </div>
        )}
      </div>
      <div className={classes.rule}>
        <PermissionTokens
          permissions={draft.permissions}
          onChange={(permissions) => change({ permissions })}
        />
      </div>
      {isValid && <Breaches rules={rules} isDirty={isDirty} />}
      {save.isError && <FailureNotice failure={toFailure(save.error)} />}
      <div className={classes.buttons}>
        <Button type="submit" disabled={!isDirty || !isValid} loading={save.isPending}>
          Save guardrails
        </Button>
        {isDirty && (
          <Button variant="default" onClick={() => setDraft(toDraft(saved))}>
            Discard
          </Button>
        )}
      </div>
      <UnsavedGuard isActive={isDirty} what="Your changes to the guardrails" />
    </form>
  );
}
