import type { Guardrails } from '@keyward/shared/guardrails';
import type { Environment, Tier } from '@keyward/shared/service-profile';
import type { Service } from '@keyward/shared/services';
import { NativeSelect } from '@mantine/core';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { useMembership } from '../../../lib/membership.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { environmentLabels } from '../labels.ts';
import type { DraftForm } from './draft-form.ts';
import { draftForService } from './key-draft.ts';
import { KindField } from './kind-field.tsx';
import { defaultLifetime } from './lifetimes.ts';

interface ServiceFieldsProps {
  form: DraftForm;
  services: readonly Service[];
  service: Service;
  rules: Guardrails;
}

/** What the key opens, whose it is, in which environment and tier. */
export function ServiceFields({ form, services, service, rules }: ServiceFieldsProps) {
  const membership = useMembership();
  const { kind, environment, tier, lifetime } = form.values;
  const current = service.tiers.find((one) => one.name === tier);
  const chooseService = (slug: string) => {
    const next = services.find((one) => one.slug === slug);
    if (next !== undefined) {
      // Whoever chose an expiry keeps it; whoever did not gets the next service's.
      const isChosen = lifetime !== defaultLifetime(service, rules);
      form.setValues({
        ...draftForService(next, membership, kind),
        ...(!isChosen && { lifetime: defaultLifetime(next, rules) }),
      });
      form.clearErrors();
    }
  };
  const chooseTier = (name: string) => {
    const next = service.tiers.find((one) => one.name === name);
    form.setFieldValue('tier', name);
    if (next !== undefined && next.prefixes[environment] === undefined) {
      form.setFieldValue('environment', environment === 'live' ? 'test' : 'live');
    }
  };
  return (
    <>
      <NativeSelect
        label="Service"
        description={service.description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={services.map(({ slug, name }) => ({ value: slug, label: name }))}
        {...form.getInputProps('service')}
        onChange={(event) => chooseService(event.currentTarget.value)}
      />
      <KindField form={form} service={service} />
      {service.tiers.length > 1 && (
        <ChoiceGroup
          legend="Tier"
          value={tier}
          onChange={chooseTier}
          error={form.errors.tier}
          choices={service.tiers.map(({ name, description, rateLimit }) => ({
            value: name,
            label: name,
            description: (
              <>
                {describeRateLimit(rateLimit)}
                <br />
                {description}
              </>
            ),
          }))}
        />
      )}
      <ChoiceGroup
        legend="Environment"
        value={environment}
        onChange={(value) => form.setFieldValue('environment', value)}
        error={form.errors.environment}
        choices={[environmentChoice('live', current), environmentChoice('test', current)]}
      />
    </>
  );
}

function environmentChoice(value: Environment, tier: Tier | undefined) {
  const prefix = tier?.prefixes[value];
  return {
    value,
    label: environmentLabels[value],
    description: prefix !== undefined && (
      <>
        Begins with <code>{prefix}</code>
      </>
    ),
    refusal: prefix === undefined ? `The tier ${tier?.name ?? ''} has no ${value} keys.` : null,
  };
}
