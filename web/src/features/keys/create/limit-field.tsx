import { mostWithin } from '@keyward/shared/most-within';
import type { Service } from '@keyward/shared/services';
import { NativeSelect, TextInput } from '@mantine/core';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { useMembership } from '../../../lib/membership.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import type { DraftForm } from './draft-form.ts';
import classes from './field.module.css';
import type { LimitSource } from './key-draft.ts';
import { limitOf } from './limit-of.ts';

const windows = [
  { value: '1', label: 'a second' },
  { value: '60', label: 'a minute' },
  { value: '3600', label: 'an hour' },
  { value: '86400', label: 'a day' },
  { value: '604800', label: 'a week' },
];

/** How many calls the key may make: as many as its tier, fewer, or any number. */
export function LimitField({ form, service }: { form: DraftForm; service: Service }) {
  const { user } = useMembership();
  const { limitSource, tier } = form.values;
  const offered = service.tiers.find((one) => one.name === tier)?.rateLimit ?? null;
  const mayExceed = offered === null || user.isOperator;
  const own = limitOf(form.values, service);
  const isTooMuch =
    limitSource === 'own' &&
    !mayExceed &&
    own != null &&
    mostWithin(own, offered.windowSeconds) > offered.limit;
  return (
    <div>
      <ChoiceGroup<LimitSource>
        legend="Rate limit"
        value={limitSource}
        onChange={(source) => form.setFieldValue('limitSource', source)}
        error={limitSource !== 'own' && form.errors.limit}
        choices={[
          {
            value: 'tier',
            label: service.tiers.length > 1 ? `That of the tier ${tier}` : 'That of the service',
            description: describeRateLimit(offered),
          },
          {
            value: 'own',
            label: 'One of its own',
            description: mayExceed ? 'Any number of calls' : 'Fewer calls than its tier',
          },
          ...(offered === null
            ? []
            : [
                {
                  value: 'none' as const,
                  label: 'No limit',
                  description: 'Whatever its tier says',
                  refusal: mayExceed ? null : 'Only the operator lifts the limit of a tier.',
                },
              ]),
        ]}
      />
      {limitSource === 'own' && (
        <div className={classes.row}>
          <TextInput
            label="Calls"
            inputMode="numeric"
            autoComplete="off"
            w={140}
            {...form.getInputProps('limit')}
            error={Boolean(form.errors.limit) || isTooMuch}
            aria-describedby="limit-error"
          />
          <NativeSelect
            label="In"
            w={140}
            data={windows}
            value={form.values.windowSeconds}
            onChange={(event) => form.setFieldValue('windowSeconds', event.currentTarget.value)}
          />
        </div>
      )}
      <p id="limit-error" role="status" className={classes.problem}>
        {limitSource === 'own' &&
          (form.errors.limit ??
            (isTooMuch &&
              `The tier ${tier} allows ${describeRateLimit(offered)}: ask for less, or take another tier.`))}
      </p>
    </div>
  );
}
