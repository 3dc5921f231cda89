import type { ServiceProfile } from '@keyward/shared/service-profile';
import { useForm } from '@mantine/form';
import { useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import { describeChanges } from '../describe-profile.ts';
import { type ProfileDraft, toDraft, toProfile } from './profile-draft.ts';
import type { ProfileForm } from './profile-form.ts';
import { type ProfileIssue, validateProfile } from './validate-profile.ts';

/** A form over a profile: what it makes, whether it differs from what is saved, and what is wrong with it. */
export function useProfileForm(saved: ServiceProfile) {
  const element = useRef<HTMLFormElement>(null);
  const form: ProfileForm = useForm<ProfileDraft>({ initialValues: toDraft(saved) });
  const profile = useMemo(() => toProfile(form.values), [form.values]);
  const changes = useMemo(() => describeChanges(saved, profile), [saved, profile]);

  const showIssues = (issues: readonly ProfileIssue[]) => {
    // Of several issues of one field the first is shown.
    const errors = issues.toReversed().map((one) => [one.path, one.message]);
    // At once: a frame may come before the errors stand in the page, and the first would get no focus.
    flushSync(() => form.setErrors(Object.fromEntries(errors)));
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  /** The profile, when the contract has nothing against it; null once its faults are shown. */
  const check = async (): Promise<ServiceProfile | null> => {
    const result = await validateProfile(profile);
    showIssues(result.issues);
    return result.profile;
  };
  const take = (next: ServiceProfile) => {
    form.setValues(toDraft(next));
    form.clearErrors();
  };
  return {
    element,
    form,
    profile,
    changes,
    faults: Object.keys(form.errors).length,
    showIssues,
    check,
    take,
  };
}
