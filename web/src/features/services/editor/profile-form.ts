import type { UseFormReturnType } from '@mantine/form';
import type { ProfileDraft } from './profile-draft.ts';

export type ProfileForm = UseFormReturnType<ProfileDraft>;

export interface SectionProps {
  form: ProfileForm;
}
