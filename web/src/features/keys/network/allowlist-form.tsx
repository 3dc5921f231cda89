import type { Receipt } from '@keyward/shared/keys';
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import classes from './allowlist-form.module.css';
import { AllowlistPreview } from './allowlist-preview.tsx';
import { describeIssue, readEntries } from './allowlist-text.ts';
import { usePreview } from './use-preview.ts';
import { useSaveAllowlist } from './use-save-allowlist.ts';

interface AllowlistFormProps {
  entries: readonly string[];
  onCancel: () => void;
  onSaved: (receipt: Receipt) => void;
}

/** An allowlist as text, and beneath it what it would have refused. */
export function AllowlistForm({ entries, onCancel, onSaved }: AllowlistFormProps) {
  const [typed, setTyped] = useState(entries.join('\n'));
  const [settled] = useDebouncedValue(typed, 250);
  const { save, update } = useSaveAllowlist(onSaved);
  const preview = usePreview(readEntries(settled));
  const wanted = readEntries(typed);
  const failure = update.isError ? toFailure(update.error) : null;
  const refused =
    failure && describeIssue(failure.issues, update.variables?.changes.ipAllowlist ?? []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(wanted);
      }}
    >
      <Stack gap="md">
        <Textarea
          label="Addresses"
          description="One address or range a line, such as 203.0.113.0/24 or 2001:db8::/32."
          autosize={false}
          rows={5}
          spellCheck={false}
          autoCapitalize="off"
          data-autofocus
          className={classes.text}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={refused ?? preview.fault}
        />
        <AllowlistPreview entries={wanted} preview={preview} />
        {failure !== null && refused === null && <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={update.isPending} disabled={wanted.length === 0}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
