import type { Webhook, WebhookWithSecret } from '@keyward/shared/webhooks';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Caution } from '../../../ui/caution.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';

interface RotateSecretFormProps {
  webhook: Webhook;
  onRotated: (rotated: WebhookWithSecret) => void;
  onClose: () => void;
}

const choices = [
  {
    value: 'overlap',
    label: 'Both for 24 hours',
    description: 'Messages carry the signatures of both: change the receiver over meanwhile.',
  },
  {
    value: 'at-once',
    label: 'The new one alone',
    description: 'The old secret leaked. The receiver refuses messages until it has the new one.',
  },
] as const;

/** Which secrets hold after the rotation. */
export function RotateSecretForm({ webhook, onRotated, onClose }: RotateSecretFormProps) {
  const utils = trpc.useUtils();
  const [mode, setMode] = useState<(typeof choices)[number]['value']>('overlap');
  // The answer holds the secret: it is handed over, and forgotten here.
  const rotate = trpc.webhooks.rotateSecret.useMutation({
    gcTime: 0,
    onSuccess: (rotated) => {
      void utils.webhooks.invalidate();
      onRotated(rotated);
    },
  });
  const failure = rotate.isError ? toFailure(rotate.error) : null;
  return (
    <Stack gap="md">
      <ChoiceGroup
        legend="Which secret signs from now on"
        choices={choices}
        value={mode}
        onChange={setMode}
        isStacked
      />
      {webhook.previousSecretUntil !== null && (
        <Caution title="A rotation is under way">
          The secret before the current one stops at once: a receiver that still uses it is to be
          changed over first.
        </Caution>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          loading={rotate.isPending}
          onClick={() =>
            rotate.mutate({ id: webhook.id, overlapHours: mode === 'overlap' ? 24 : 0 })
          }
        >
          Rotate the secret
        </Button>
      </Group>
    </Stack>
  );
}
