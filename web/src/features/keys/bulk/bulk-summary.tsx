import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useHoldPage } from '../../../lib/hold-page.ts';
import classes from './bulk.module.css';
import { type BulkAction, bulkActions, countKeys } from './bulk-actions.ts';
import { ScrollFrame } from './scroll-frame.tsx';
import type { BulkRun } from './use-bulk-run.ts';

interface BulkSummaryProps {
  action: BulkAction;
  run: BulkRun;
  onClose: () => void;
}

/** What became of each key, and what can be tried again. */
export function BulkSummary({ action, run, onClose }: BulkSummaryProps) {
  const { done, failed, left } = run;
  // A session that ends takes the page, and what failed is told nowhere else.
  useHoldPage();
  const told = useRef<HTMLParagraphElement>(null);
  // Read out at once, and from here the buttons follow.
  useEffect(() => told.current?.focus(), []);
  return (
    <Stack gap="md">
      <p ref={told} tabIndex={-1} role="status" className={classes.told}>
        {countKeys(done.length)} {bulkActions[action].done}
        {failed.length > 0 && `, ${failed.length} failed`}
        {left.length > 0 && `, ${left.length} not tried`}
      </p>
      {failed.length > 0 && (
        <ScrollFrame label="What failed">
          <ul className={classes.failures}>
            {failed.map(({ key, failure }) => (
              <li key={key.id}>
                <strong>{key.name}</strong>
                <span>{failure.detail}</span>
                {failure.requestId !== null && (
                  <span className={classes.request}>
                    Request <code>{failure.requestId}</code>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </ScrollFrame>
      )}
      <Group justify="flex-end" gap="sm">
        {failed.length > 0 && (
          <Button variant="default" onClick={() => run.start(failed.map(({ key }) => key))}>
            Try {failed.length} again
          </Button>
        )}
        {left.length > 0 && (
          <Button variant="default" onClick={() => run.start(left)}>
            Go on with {left.length}
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
