import { TextInput, Title } from '@mantine/core';
import { useId } from 'react';
import { CheckLine } from '../../../ui/check-line.tsx';
import { DurationInput } from '../../../ui/duration-input.tsx';
import classes from './form-section.module.css';
import { ListTools } from './list-tools.tsx';
import type { SectionProps } from './profile-form.ts';

/** One tier of the draft. */
export function TierFields({ form, index }: SectionProps & { index: number }) {
  const id = useId();
  const { tiers, defaults } = form.values;
  const tier = tiers[index];
  if (tier === undefined) {
    return null;
  }
  const path = `tiers.${index}` as const;
  const title = tier.name === '' ? `Tier ${index + 1}` : `Tier ${tier.name}`;
  const rename = (name: string) => {
    // The default follows the tier that it names.
    if (defaults.tier === tier.name) {
      form.setFieldValue('defaults.tier', name);
    }
    form.setFieldValue(`${path}.name`, name);
  };
  const remove = () => {
    if (defaults.tier === tier.name) {
      form.setFieldValue('defaults.tier', tiers.find((one) => one !== tier)?.name ?? '');
    }
    form.removeListItem('tiers', index);
  };
  return (
    <section aria-labelledby={id} className={classes.card}>
      <div className={classes.cardHead}>
        <Title order={3} id={id} className={classes.cardTitle}>
          {title}
        </Title>
        <ListTools
          name={title.toLowerCase()}
          index={index}
          length={tiers.length}
          onMove={(to) => form.reorderListItem('tiers', { from: index, to })}
          onRemove={tiers.length > 1 ? remove : undefined}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Tier name"
          placeholder="public"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps(`${path}.name`)}
          onChange={(event) => rename(event.currentTarget.value)}
        />
        <TextInput
          label="Tier description"
          placeholder="Standard access"
          autoComplete="off"
          {...form.getInputProps(`${path}.description`)}
        />
        <TextInput
          label="Live prefix"
          placeholder="acme_live_"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps(`${path}.prefixes.live`)}
          error={form.errors[`${path}.prefixes.live`] ?? form.errors[`${path}.prefixes`]}
        />
        <TextInput
          label="Test prefix"
          placeholder="acme_test_"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps(`${path}.prefixes.test`)}
        />
      </div>
      <CheckLine
        isChecked={tier.rateLimit.isLimited}
        onChange={(isLimited) => form.setFieldValue(`${path}.rateLimit.isLimited`, isLimited)}
      >
        Limit requests
      </CheckLine>
      {tier.rateLimit.isLimited && (
        <div className={classes.pair}>
          <TextInput
            label="Requests"
            inputMode="numeric"
            autoComplete="off"
            {...form.getInputProps(`${path}.rateLimit.limit`)}
          />
          <DurationInput
            label="Within"
            value={tier.rateLimit.windowSeconds}
            error={form.errors[`${path}.rateLimit.windowSeconds`]}
            onChange={(value) => {
              form.setFieldValue(`${path}.rateLimit.windowSeconds`, value);
              form.clearFieldError(`${path}.rateLimit.windowSeconds`);
            }}
          />
        </div>
      )}
    </section>
  );
}
