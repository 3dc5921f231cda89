import { TextInput } from '@mantine/core';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import classes from './form-section.module.css';
import { FormSection } from './form-section.tsx';
import type { SectionProps } from './profile-form.ts';

const usual = [
  { value: 'bearer', label: 'Authorization: Bearer', name: 'Authorization', scheme: 'Bearer' },
  { value: 'x-api-key', label: 'X-Api-Key', name: 'X-Api-Key', scheme: '' },
] as const;

/** How calls carry a key. */
export function HeaderSection({ form }: SectionProps) {
  const { header } = form.values;
  const known = usual.find(({ name, scheme }) => name === header.name && scheme === header.scheme);
  return (
    <FormSection title="Header" lead="Where callers put the key, and where gateways look for it.">
      <ChoiceGroup
        legend="Usual headers"
        isCompact
        value={known?.value ?? 'own'}
        onChange={(value) => {
          const chosen = usual.find((one) => one.value === value);
          form.setFieldValue('header', {
            name: chosen?.name ?? '',
            scheme: chosen?.scheme ?? '',
          });
        }}
        choices={[...usual, { value: 'own', label: 'Your own' }].map(({ value, label }) => ({
          value,
          label,
        }))}
      />
      <div className={classes.pair}>
        <TextInput
          label="Header name"
          placeholder="X-Acme-Key"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('header.name')}
        />
        <TextInput
          label="Scheme"
          description="The word before the key. Left empty, the header holds the key alone."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="Bearer"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('header.scheme')}
        />
      </div>
    </FormSection>
  );
}
