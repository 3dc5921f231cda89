import { type PresetName, presetNames, servicePresets } from '@keyward/shared/service-presets';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { blankProfile } from './profile-draft.ts';

type Start = 'blank' | PresetName;

interface StartFromProps {
  /** Whether something was written that a new start would lose. */
  isDirty: boolean;
  onStart: (profile: ServiceProfile) => void;
}

const profileOf = (start: Start) => (start === 'blank' ? blankProfile : servicePresets[start]);
const nameOf = (start: Start) => (start === 'blank' ? 'Blank' : servicePresets[start].name);

/** What the profile begins with: nothing, or one that comes with Keyward. */
export function StartFrom({ isDirty, onStart }: StartFromProps) {
  const [start, setStart] = useState<Start>('blank');
  const [asked, setAsked] = useState<Start | null>(null);
  const begin = (next: Start) => {
    setAsked(null);
    setStart(next);
    onStart(profileOf(next));
  };
  return (
    <>
      <ChoiceGroup<Start>
        legend="Start from"
        isCompact
        value={start}
        onChange={(next) => (isDirty ? setAsked(next) : begin(next))}
        choices={(['blank', ...presetNames] as const).map((value) => ({
          value,
          label: nameOf(value),
        }))}
      />
      <Dialog title="Start over?" isOpen={asked !== null} onClose={() => setAsked(null)}>
        {asked !== null && (
          <>
            <p>
              What you have written is replaced by{' '}
              {asked === 'blank' ? 'an empty profile' : nameOf(asked)}.
            </p>
            <Group justify="flex-end" gap="sm" mt="lg">
              <Button variant="default" data-autofocus onClick={() => setAsked(null)}>
                Keep mine
              </Button>
              <Button onClick={() => begin(asked)}>Start over</Button>
            </Group>
          </>
        )}
      </Dialog>
    </>
  );
}
