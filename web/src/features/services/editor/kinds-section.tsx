import type { KeyKind } from '@keyward/shared/service-profile';
import { TextInput } from '@mantine/core';
import { CheckLine } from '../../../ui/check-line.tsx';
import classes from './form-section.module.css';
import { FormSection } from './form-section.tsx';
import type { SectionProps } from './profile-form.ts';

/** Whose keys there are, and how many. */
export function KindsSection({ form }: SectionProps) {
  const { kinds, userKeys } = form.values;
  const set = (kind: KeyKind) => (isChecked: boolean) => {
    form.setFieldValue('kinds', isChecked ? [...kinds, kind] : kinds.filter((one) => one !== kind));
    form.clearFieldError('kinds');
  };
  return (
    <FormSection title="Kinds of keys">
      <CheckLine isChecked={kinds.includes('user')} onChange={set('user')}>
        User keys: they act under a member’s name, and end with the membership
      </CheckLine>
      <CheckLine isChecked={kinds.includes('bot')} onChange={set('bot')}>
        Bot keys: they belong to the organization, and outlive its people
      </CheckLine>
      {form.errors.kinds && (
        <p role="alert" className={classes.error}>
          {form.errors.kinds}
        </p>
      )}
      {kinds.includes('user') && (
        <>
          <CheckLine
            isChecked={userKeys.isLimited}
            onChange={(isLimited) => form.setFieldValue('userKeys', { isLimited })}
          >
            Limit how many user keys a member holds
          </CheckLine>
          {userKeys.isLimited && (
            <TextInput
              label="User keys per member"
              maw={240}
              inputMode="numeric"
              autoComplete="off"
              {...form.getInputProps('userKeysPerMember')}
            />
          )}
        </>
      )}
    </FormSection>
  );
}
