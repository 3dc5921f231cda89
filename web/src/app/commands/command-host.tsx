import { useWindowEvent } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';

// Most visits never open it: its library comes when it is first asked for.
const CommandPalette = lazy(() => import('./command-palette.tsx'));

interface CommandHostProps {
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}

const isShortcut = ({ key, metaKey, ctrlKey, shiftKey, altKey }: KeyboardEvent) =>
  key.toLowerCase() === 'k' && (metaKey || ctrlKey) && !shiftKey && !altKey;

/** Where the commands appear, and the shortcut that calls them. */
export function CommandHost({ isOpen, onOpen, onClose }: CommandHostProps) {
  const [isWanted, setWanted] = useState(false);
  if (isOpen && !isWanted) {
    setWanted(true);
  }
  useWindowEvent('keydown', (event) => {
    // A question that is open has to be answered first.
    if (isShortcut(event) && document.querySelector('dialog[open]') === null) {
      event.preventDefault();
      isOpen ? onClose() : onOpen();
    }
  });
  return <Suspense>{isWanted && <CommandPalette isOpen={isOpen} onClose={onClose} />}</Suspense>;
}
