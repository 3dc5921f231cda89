import type { Guardrails } from '@keyward/shared/guardrails';
import type { Service } from '@keyward/shared/services';
import { TextInput } from '@mantine/core';
import { describeDuration } from '../../../lib/describe-duration.ts';
import { formatDate, formatExactTime } from '../../../lib/format-time.ts';
import { useMembership } from '../../../lib/membership.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import type { DraftForm } from './draft-form.ts';
import classes from './field.module.css';
import { expiryOf, type Lifetime, offeredLifetimes } from './lifetimes.ts';

interface LifetimeFieldProps {
  form: DraftForm;
  service: Service;
  rules: Guardrails;
}

/** When the key ends, each choice with the date that it means. */
export function LifetimeField({ form, service, rules }: LifetimeFieldProps) {
  const { organization } = useMembership();
  const { lifetime, lastDay } = form.values;
  const most = rules.maximumLifetimeSeconds;
  const longest =
    most === null ? null : `Keys of ${organization.name} live at most ${describeDuration(most)}.`;
  return (
    <div>
      <ChoiceGroup<Lifetime>
        legend="Expires"
        note={longest}
        isCompact
        value={lifetime}
        onChange={(value) => form.setFieldValue('lifetime', value)}
        error={lifetime !== 'date' && form.errors.lifetime}
        choices={[
          ...offeredLifetimes(service, rules).map((value) => ({
            value,
            label: labelOf(Number(value)),
            description: describeEnd(value),
          })),
          { value: 'date', label: 'On a date', description: 'That you choose' },
          {
            value: 'never',
            label: 'Never',
            description: 'Until it is revoked',
            refusal: longest && 'Not in this organization',
          },
        ]}
      />
      {lifetime === 'date' && (
        <TextInput
          type="date"
          label="Last day"
          description="It is good through that day, in your time zone."
          min={isoDay(new Date(Date.now() + dayMs))}
          {...(most !== null && { max: isoDay(new Date(Date.now() + (most * 1000 - dayMs))) })}
          mt="sm"
          className={classes.narrow}
          value={lastDay}
          onChange={(event) => form.setFieldValue('lastDay', event.currentTarget.value)}
          error={form.errors.lifetime}
        />
      )}
    </div>
  );
}

const dayMs = 86_400_000;

// Nobody thinks of a year in days.
const labelOf = (seconds: number) =>
  seconds === 365 * 86_400 ? '1 year' : describeDuration(seconds);

function describeEnd(lifetime: Lifetime): string {
  const end = expiryOf(lifetime, '') ?? new Date();
  // For less than a day, the date alone would not say it.
  return Number(lifetime) < 86_400 ? formatExactTime(end) : formatDate(end);
}

/** A day as a date input writes it, in the reader's zone. */
function isoDay(day: Date): string {
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
