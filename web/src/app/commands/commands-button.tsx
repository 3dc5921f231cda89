import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import classes from './commands-button.module.css';

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);

/** The way to the commands for whoever does not know the shortcut, which it shows. */
export function CommandsButton({ onOpen }: { onOpen: () => void }) {
  return (
    <UnstyledButton
      className={classes.root}
      aria-haspopup="dialog"
      aria-keyshortcuts="Meta+K Control+K"
      onClick={onOpen}
    >
      <IconSearch size={16} stroke={1.75} aria-hidden="true" />
      <span className={classes.label}>Find or go to</span>
      <span className={classes.keys} aria-hidden="true">
        {isApple ? '⌘K' : 'Ctrl K'}
      </span>
    </UnstyledButton>
  );
}
