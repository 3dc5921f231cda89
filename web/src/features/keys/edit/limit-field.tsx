import type { Tier } from '@keyward/shared/service-profile';
import { NativeSelect, TextInput } from '@mantine/core';
import { describeDuration } from '../../../lib/describe-duration.ts';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { useMembership } from '../../../lib/membership.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import type { EditForm } from './edit-form.ts';
import classes from './limit-field.module.css';

const windows = ['1', '60', '3600', '86400', '604800'];

interface LimitFieldProps {
  form: EditForm;
  tier: Tier | undefined;
  /** Whether the key may be left without a limit that its tier has. */
  mayLift: boolean;
}

export function LimitField({ form, tier, mayLift }: LimitFieldProps) {
  const { limitWay, windowSeconds } = form.values;
  const { user } = useMembership();
  const { rateLimit: error } = form.errors;
  const isBounded = tier?.rateLimit != null && !user.isOperator;
  const offered = windows.includes(windowSeconds) ? windows : [...windows, windowSeconds];
  return (
    <div>
      <ChoiceGroup
        legend="Rate limit"
        value={limitWay}
        onChange={(value) => {
          form.setFieldValue('limitWay', value);
          form.clearFieldError('rateLimit');
        }}
        error={limitWay !== 'own' && error}
        choices={[
          {
            value: 'tier' as const,
            label: 'As its tier',
            description: describeRateLimit(tier?.rateLimit ?? null),
          },
          {
            value: 'own' as const,
            label: 'Its own',
            description: isBounded ? 'At most the tier’s.' : 'For this key alone.',
          },
          ...(mayLift
            ? [{ value: 'none' as const, label: 'None', description: 'Any number of requests.' }]
            : []),
        ]}
      />
      {limitWay === 'own' && (
        <div className={classes.own}>
          <TextInput
            label="Requests"
            inputMode="numeric"
            autoComplete="off"
            {...form.getInputProps('limit')}
            error={error}
          />
          <NativeSelect
            label="Within"
            data={offered.map((value) => ({ value, label: describeDuration(Number(value)) }))}
            {...form.getInputProps('windowSeconds')}
          />
        </div>
      )}
    </div>
  );
}
