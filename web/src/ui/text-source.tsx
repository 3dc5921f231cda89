import { Textarea } from '@mantine/core';
import { useId } from 'react';
import classes from './text-source.module.css';

interface TextSourceProps {
  text: string;
  isWrong: boolean;
  /** What files are offered, such as `.json,application/json`. */
  accept: string;
  onChange: (text: string) => void;
}

// More than this a page shows only slowly, and nobody edits it there.
const mostShown = 100_000;

/** Where a text comes from: a file, or what was pasted. */
export function TextSource({ text, isWrong, accept, onChange }: TextSourceProps) {
  const id = useId();
  const read = async (file: File | undefined) => {
    if (file !== undefined) {
      onChange(await file.text());
    }
  };
  const isShown = text.length <= mostShown;
  return (
    <>
      <div>
        <label htmlFor={id} className={classes.label}>
          File
        </label>
        <input
          id={id}
          type="file"
          accept={accept}
          data-autofocus
          className={classes.file}
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </div>
      <Textarea
        label="Or paste its text"
        rows={7}
        spellCheck={false}
        value={isShown ? text : ''}
        placeholder={isShown ? undefined : 'Read from the file. It is too long to be shown here.'}
        aria-invalid={isWrong || undefined}
        classNames={{ input: classes.text ?? '' }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  );
}
