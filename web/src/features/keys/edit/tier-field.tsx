import type { Environment } from '@keyward/shared/service-profile';
import type { Service } from '@keyward/shared/services';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import type { EditForm } from './edit-form.ts';

interface TierFieldProps {
  form: EditForm;
  service: Service;
  environment: Environment;
}

/** The tier, where the service has more than one. The secret keeps the prefix that it was made with. */
export function TierField({ form, service: { tiers }, environment }: TierFieldProps) {
  return (
    tiers.length > 1 && (
      <ChoiceGroup
        legend="Tier"
        value={form.values.tier}
        onChange={(value) => {
          form.setFieldValue('tier', value);
          form.clearFieldError('tier');
        }}
        error={form.errors.tier}
        choices={tiers.map(({ name, rateLimit, prefixes }) => ({
          value: name,
          label: name,
          description: describeRateLimit(rateLimit),
          refusal: prefixes[environment] === undefined ? `It has no ${environment} keys.` : null,
        }))}
      />
    )
  );
}
