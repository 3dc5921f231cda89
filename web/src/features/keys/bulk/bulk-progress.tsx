import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useHoldPage } from '../../../lib/hold-page.ts';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { type BulkAction, bulkActions } from './bulk-actions.ts';
import type { BulkRun } from './use-bulk-run.ts';

interface BulkProgressProps {
  action: BulkAction;
  count: number;
  run: BulkRun;
}

/** How far it is, and a way to stop. */
export function BulkProgress({ action, count, run }: BulkProgressProps) {
  useHoldPage();
  const [isStopping, setStopping] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // The button that began it is gone with the question.
  useEffect(() => button.current?.focus(), []);
  const tried = run.done.length + run.failed.length;
  return (
    <Stack gap="md">
      <ProgressBar max={count} value={tried}>
        {bulkActions[action].doing} one after the other: {tried} of {count}
        {run.failed.length > 0 && `, ${run.failed.length} failed`}
      </ProgressBar>
      <Group justify="flex-end">
        <Button
          ref={button}
          variant="default"
          aria-disabled={isStopping}
          onClick={() => {
            run.stop();
            setStopping(true);
          }}
        >
          {isStopping ? 'Stopping…' : 'Stop'}
        </Button>
      </Group>
    </Stack>
  );
}
