import { Button, Group } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useHoldPage } from '../../../lib/hold-page.ts';
import { Dialog } from '../../../ui/dialog.tsx';

/** Asks before the page is left while a secret stands on it that nobody will see again. */
export function SecretGuard() {
  useHoldPage();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => true,
    enableBeforeUnload: true,
    withResolver: true,
  });
  return (
    <Dialog
      title="Leave without the secret?"
      isOpen={status === 'blocked'}
      onClose={() => reset?.()}
    >
      <p>
        The secret of the bot key cannot be shown again. If you have not stored it, stay and copy it
        first.
      </p>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={proceed}>
          Leave
        </Button>
        <Button onClick={reset} data-autofocus>
          Stay
        </Button>
      </Group>
    </Dialog>
  );
}
