import type { Permission } from '@keyward/shared/permissions';
import { NativeSelect } from '@mantine/core';
import { CheckLine } from '../../../ui/check-line.tsx';
import { DurationInput } from '../../../ui/duration-input.tsx';
import { DefaultPermissions } from './default-permission-fields.tsx';
import classes from './form-section.module.css';
import { FormSection } from './form-section.tsx';
import type { SectionProps } from './profile-form.ts';

/** What a new key begins with. */
export function DefaultsSection({ form }: SectionProps) {
  const { defaults, tiers } = form.values;
  const names = [...new Set(tiers.map(({ name }) => name))];
  return (
    <FormSection
      title="Defaults"
      lead="What a new key begins with. Whoever makes it may choose otherwise."
    >
      <div className={classes.pair}>
        <NativeSelect
          label="Default tier"
          data={names.map((name) => ({ value: name, label: name === '' ? 'Unnamed' : name }))}
          {...form.getInputProps('defaults.tier')}
        />
        {!defaults.isEndless && (
          <DurationInput
            label="Expires after"
            value={defaults.expiresInSeconds}
            error={form.errors['defaults.expiresInSeconds']}
            onChange={(value) => {
              form.setFieldValue('defaults.expiresInSeconds', value);
              form.clearFieldError('defaults.expiresInSeconds');
            }}
          />
        )}
      </div>
      <CheckLine
        isChecked={!defaults.isEndless}
        onChange={(isChecked) => form.setFieldValue('defaults.isEndless', !isChecked)}
      >
        New keys expire
      </CheckLine>
      <DefaultPermissions
        draft={form.values}
        error={form.errors['defaults.permissions']}
        onChange={(permissions: Permission[]) => {
          form.setFieldValue('defaults.permissions', permissions);
          form.clearFieldError('defaults.permissions');
        }}
      />
    </FormSection>
  );
}
