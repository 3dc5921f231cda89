import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { formatCount } from '../../../lib/format-time.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import type { KeyExport } from './use-key-export.ts';

/** How far it is, and a way to stop; or where it stopped, and a way to go on. */
export function ExportProgress({ run, onClose }: { run: KeyExport; onClose: () => void }) {
  const isRunning = run.state === 'running';
  const button = useRef<HTMLButtonElement>(null);
  // The button that had the focus is gone with what it began or stopped.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew whenever another button stands there.
  useEffect(() => button.current?.focus(), [isRunning]);
  const read = `${formatCount(run.count)} ${run.count === 1 ? 'key' : 'keys'}`;
  return (
    <Stack gap="md">
      {isRunning ? (
        <ProgressBar>Reading: {read} so far…</ProgressBar>
      ) : (
        <Text role="status">Stopped after {read}. No file was made.</Text>
      )}
      {run.failure !== null && <FailureNotice failure={run.failure} />}
      <Group justify="flex-end" gap="sm">
        {isRunning ? (
          <Button ref={button} variant="default" onClick={run.stop}>
            Stop
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button ref={button} onClick={run.goOn}>
              Go on
            </Button>
          </>
        )}
      </Group>
    </Stack>
  );
}
