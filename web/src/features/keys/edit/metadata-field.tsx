import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { flushSync } from 'react-dom';
import classes from './metadata-field.module.css';
import { type MetadataRow, newRow } from './metadata-rows.ts';

interface MetadataFieldProps {
  rows: readonly MetadataRow[];
  error: ReactNode;
  onChange: (rows: MetadataRow[]) => void;
}

/** What the key carries for whoever verifies it: names and values. */
export function MetadataField({ rows, error, onChange }: MetadataFieldProps) {
  const list = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const change = (id: string, part: Partial<MetadataRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const addRow = () => {
    // At once: what is typed before the next frame belongs to the new row.
    flushSync(() => onChange([...rows, newRow()]));
    list.current?.querySelector<HTMLInputElement>(':scope > :last-child input')?.focus();
  };
  const remove = (id: string) => {
    onChange(rows.filter((row) => row.id !== id));
    add.current?.focus();
  };
  return (
    <fieldset className={classes.root} aria-invalid={error ? true : undefined} tabIndex={-1}>
      <legend className={classes.legend}>Metadata</legend>
      <p className={classes.description}>Verifiers get it back with each answer.</p>
      <div ref={list} className={classes.rows}>
        {rows.map((row, index) => (
          <div key={row.id} className={classes.row}>
            <TextInput
              aria-label={`Name ${index + 1}`}
              placeholder="Name"
              autoComplete="off"
              spellCheck={false}
              value={row.name}
              onChange={(event) => change(row.id, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`Value ${index + 1}${row.isJson ? ', in JSON' : ''}`}
              placeholder="Value"
              autoComplete="off"
              spellCheck={false}
              value={row.value}
              onChange={(event) => change(row.id, { value: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${row.name === '' ? `row ${index + 1}` : row.name}`}
              onClick={() => remove(row.id)}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ))}
      </div>
      <Button
        ref={add}
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={addRow}
      >
        Add metadata
      </Button>
      {error && <p className={classes.error}>{error}</p>}
    </fieldset>
  );
}
