import { Button, Group } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useHoldPage } from '../lib/hold-page.ts';
import { Dialog } from './dialog.tsx';

/**
 * Asks before a page is left, be it by a link, by Back or by closing the tab, while a secret stands on it
 * that nobody will see again.
 */
export function SecretGuard({ what }: { what: string }) {
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
        The secret of {what} cannot be shown again. If you have not stored it, stay and copy it
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
