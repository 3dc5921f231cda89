import { Textarea } from '@mantine/core';
import { useId } from 'react';
import classes from './import-source.module.css';

interface ImportSourceProps {
  text: string;
  isWrong: boolean;
  onChange: (text: string) => void;
}

/** Where a profile comes from: a file, or what was pasted. */
export function ImportSource({ text, isWrong, onChange }: ImportSourceProps) {
  const id = useId();
  const read = async (file: File | undefined) => {
    if (file !== undefined) {
      onChange(await file.text());
    }
  };
  return (
    <>
      <div>
        <label htmlFor={id} className={classes.label}>
          File
        </label>
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          data-autofocus
          className={classes.file}
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </div>
      <Textarea
        label="Or paste its text"
        rows={7}
        spellCheck={false}
        value={text}
        aria-invalid={isWrong || undefined}
        classNames={{ input: classes.text ?? '' }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  );
}
