import { Button, Group, Stack, Text } from '@mantine/core';
import { useHoldPage } from '../../../lib/hold-page.ts';
import { CopyBlock } from '../../../ui/copy-block.tsx';

interface RecoveryCodesProps {
  codes: readonly string[];
  onDone: () => void;
}

/** Shown once. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  useHoldPage();
  return (
    <Stack gap="md">
      <Text>
        Without your phone, each of these signs you in once in the place of a code. They are shown
        this once: keep them where you keep your passwords. Older ones have ended.
      </Text>
      <CopyBlock name="recovery codes" text={codes.join('\n')} />
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          I have kept them
        </Button>
      </Group>
    </Stack>
  );
}
