import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import classes from './form-section.module.css';
import { FormSection } from './form-section.tsx';
import { emptyTier } from './profile-draft.ts';
import type { SectionProps } from './profile-form.ts';
import { TierFields } from './tier-fields.tsx';

const mostTiers = 20;

/** The classes of keys, each with its prefixes and its limit. */
export function TiersSection({ form }: SectionProps) {
  const { tiers } = form.values;
  return (
    <FormSection
      title="Tiers and prefixes"
      lead="A tier is a class of keys: its prefix tells whoever finds a key what it is, and its limit holds for every key without one of its own. One tier is enough for most services."
    >
      {tiers.map((tier, index) => (
        <TierFields key={tier.key} form={form} index={index} />
      ))}
      {form.errors.tiers && (
        <p role="alert" className={classes.error}>
          {form.errors.tiers}
        </p>
      )}
      {tiers.length < mostTiers && (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={16} />}
            onClick={() => form.insertListItem('tiers', emptyTier())}
          >
            Add a tier
          </Button>
        </div>
      )}
    </FormSection>
  );
}
