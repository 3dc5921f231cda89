import { slugFromName } from '@keyward/shared/slug-from-name';
import { Textarea, TextInput } from '@mantine/core';
import classes from './form-section.module.css';
import { FormSection } from './form-section.tsx';
import type { SectionProps } from './profile-form.ts';
import { suggestPrefixes } from './suggest-prefix.ts';

interface IdentitySectionProps extends SectionProps {
  /** Of a service that exists, it stays as it is. */
  isSlugFixed: boolean;
}

/** What the service is called. */
export function IdentitySection({ form, isSlugFixed }: IdentitySectionProps) {
  const changeSlug = (slug: string) => {
    form.setFieldValue('tiers', (tiers) => suggestPrefixes(tiers, form.getValues().slug, slug));
    form.setFieldValue('slug', slug);
  };
  const changeName = (name: string) => {
    const { name: before, slug } = form.getValues();
    form.setFieldValue('name', name);
    // It follows the name until somebody writes another.
    if (!isSlugFixed && (slug === '' || slug === slugFromName(before))) {
      changeSlug(slugFromName(name));
    }
  };
  return (
    <FormSection title="Service">
      <div className={classes.pair}>
        <TextInput
          label="Name"
          placeholder="Short Links API"
          autoComplete="off"
          {...form.getInputProps('name')}
          onChange={(event) => changeName(event.currentTarget.value)}
        />
        <TextInput
          label="Slug"
          placeholder="short-links"
          autoComplete="off"
          spellCheck={false}
          readOnly={isSlugFixed}
          {...form.getInputProps('slug')}
          description={
            isSlugFixed
              ? 'Callers and gateways name the service by it, so it stays.'
              : 'Callers and gateways name the service by it. It cannot be changed later.'
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(event) => changeSlug(event.currentTarget.value)}
        />
      </div>
      <Textarea
        label="Description"
        placeholder="Short links, custom domains and click statistics."
        rows={2}
        {...form.getInputProps('description')}
      />
    </FormSection>
  );
}
