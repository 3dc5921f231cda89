import { Button, Group } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { Dialog } from './dialog.tsx';

interface UnsavedGuardProps {
  /** Whether there is something to lose. */
  isActive: boolean;
  /** What would be lost, such as `Your changes to Short Links API`. */
  what: string;
}

/** Asks before a page with unsaved changes is left, be it by a link, by Back or by closing the tab. */
export function UnsavedGuard({ isActive, what }: UnsavedGuardProps) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isActive,
    enableBeforeUnload: isActive,
    withResolver: true,
  });
  return (
    <Dialog title="Leave without saving?" isOpen={status === 'blocked'} onClose={() => reset?.()}>
      <p>{what} would be lost.</p>
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
