import { Button, Group, Stack } from '@mantine/core';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { KeysLink } from './keys-link.tsx';
import type { ImportRun } from './use-import-run.ts';

interface ImportRunPanelProps {
  run: ImportRun;
  /** How many keys there are to import. */
  count: number;
}

/** The import, as far as it is, and what became of it. */
export function ImportRunPanel({ run, count }: ImportRunPanelProps) {
  const left = count - run.tried;
  return (
    <Stack gap="md">
      <div role="status">
        <ProgressBar max={count} value={run.tried}>
          {describe(run, count)}
        </ProgressBar>
      </div>
      {run.failure !== null && <FailureNotice failure={run.failure} />}
      <UnsavedGuard isActive={run.isRunning} what="The rest of the import" />
      <Group justify="flex-end" gap="sm">
        {run.isRunning && (
          <Button variant="default" onClick={run.stop}>
            Stop
          </Button>
        )}
        {!run.isRunning && left > 0 && (
          <>
            <Button variant="default" onClick={run.forget}>
              Change the text
            </Button>
            <Button onClick={run.goOn}>Go on with {left.toLocaleString()}</Button>
          </>
        )}
        {!run.isRunning && left === 0 && <KeysLink />}
      </Group>
    </Stack>
  );
}

function describe({ isRunning, tried, imported, skipped }: ImportRun, count: number): string {
  const far = `${tried.toLocaleString()} of ${count.toLocaleString()}`;
  const known = skipped > 0 ? `, ${skipped.toLocaleString()} were here already` : '';
  const result = `${imported.toLocaleString()} imported${known}`;
  if (isRunning) {
    return `Importing: ${far}`;
  }
  return tried === count ? `Done: ${result}.` : `Ended at ${far}: ${result}. These stay.`;
}
