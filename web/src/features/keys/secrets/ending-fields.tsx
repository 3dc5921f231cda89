import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { describeDuration } from '../../../lib/describe-duration.ts';
import { formatMoment } from '../../../lib/format-time.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { chosenSeconds, type Ending, presets, type Unit, unitSeconds } from './ending.ts';
import classes from './ending-fields.module.css';

interface EndingFieldsProps {
  ending: Ending;
  error: string | null;
  onChange: (ending: Ending) => void;
}

/** How and when the old secret ends, with the dates that it means. */
export function EndingFields({ ending, error, onChange }: EndingFieldsProps) {
  const { way, preset, amount, unit } = ending;
  const change = (part: Partial<Ending>) => onChange({ ...ending, ...part });
  return (
    <Stack gap="lg">
      <ChoiceGroup
        legend="The old secret ends"
        value={way}
        onChange={(value) => change({ way: value })}
        choices={[
          {
            value: 'grace',
            label: 'After a time',
            description: 'Both are good until then. You can finish earlier.',
          },
          {
            value: 'quiet',
            label: 'When it has been quiet',
            description: 'Nothing breaks: it waits until no call comes with it.',
          },
          {
            value: 'now',
            label: 'At once',
            description: 'For a secret that leaked. Calls with it are refused.',
          },
        ]}
      />
      {way !== 'now' && (
        <div>
          <ChoiceGroup
            legend={way === 'grace' ? 'Time for both' : 'Quiet for'}
            isCompact
            value={preset}
            onChange={(value) => change({ preset: value })}
            choices={presets.map((value) => ({
              value,
              label: value === 'own' ? 'Another time' : describeDuration(Number(value)),
            }))}
          />
          {preset === 'own' && (
            <div className={classes.own}>
              <TextInput
                label="How many"
                inputMode="numeric"
                autoComplete="off"
                value={amount}
                error={error}
                onChange={(event) => change({ amount: event.currentTarget.value })}
              />
              <NativeSelect
                label="Of what"
                data={Object.keys(unitSeconds)}
                value={unit}
                // Its options are the names of the units, and no others.
                onChange={(event) => change({ unit: event.currentTarget.value as Unit })}
              />
            </div>
          )}
        </div>
      )}
      <p className={classes.meaning}>{describeEnding(ending)}</p>
    </Stack>
  );
}

function describeEnding(ending: Ending): string {
  if (ending.way === 'now') {
    return 'Every call is refused from the moment the new secret is made until it is in place.';
  }
  const seconds = chosenSeconds(ending);
  if (seconds === null) {
    return 'Choose a time from one minute to 90 days.';
  }
  const moment = formatMoment(new Date(Date.now() + seconds * 1000));
  return ending.way === 'grace'
    ? `Both secrets are good until ${moment}. Then calls with the old one are refused, whether the new one is in place or not.`
    : `The old secret retires once the new one has been seen and no call has come with the old one for ${describeDuration(seconds)}: on ${moment} at the earliest.`;
}
