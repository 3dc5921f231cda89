import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './copy-block.module.css';
import { useCopy } from './use-copy.ts';

interface CopyBlockProps {
  /** What it is, such as `Secret`: heard with the text. */
  name: string;
  text: string;
  variant?: 'default' | 'filled';
  /** Of several lines, which are wider than the page rather than broken. */
  isCode?: boolean;
}

/**
 * Text to take along, with a button that copies it. Not an input: browsers keep the contents of
 * inputs to restore a session, and some of what stands here is secret.
 */
export function CopyBlock({ name, text, variant = 'default', isCode = false }: CopyBlockProps) {
  const { state, copy } = useCopy(text);
  const isCopied = state === 'copied';
  return (
    <div className={classes.root} data-code={isCode || undefined}>
      <section aria-label={name} className={classes.text}>
        {/* What scrolls must be reached by keyboard. */}
        <pre tabIndex={isCode ? 0 : undefined}>{text}</pre>
      </section>
      <Button
        variant={variant}
        className={classes.button}
        leftSection={isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        onClick={copy}
      >
        {isCopied ? 'Copied' : `Copy ${name}`}
      </Button>
      <span role="status" className={state === 'refused' ? classes.refused : 'visually-hidden'}>
        {isCopied && `Copied ${name}`}
        {state === 'refused' && 'The browser did not copy. Select the text and copy it by hand.'}
      </span>
    </div>
  );
}
