import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/spotlight/styles.css';
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId } from 'react';
import { CommandList, optionId } from './command-list.tsx';
import classes from './command-palette.module.css';
import { useCommands } from './use-commands.ts';

const [store, spotlight] = createSpotlight();

interface CommandPaletteProps {
  isOpen: boolean;
  onClose: () => void;
}

/** One field that leads to every page and key. Its parts know which of them is chosen, for screen readers. */
export default function CommandPalette({ isOpen, onClose }: CommandPaletteProps) {
  const listId = useId();
  const { text, change, commands, note } = useCommands();
  const { selected } = useSpotlight(store);
  useEffect(() => {
    isOpen ? spotlight.open() : spotlight.close();
  }, [isOpen]);
  const shown = commands.map(({ id }) => id).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is the reason, not an input
  useEffect(() => {
    // Answers come after the keystroke: the first of them is chosen, whatever stood there before.
    store.setState({ ...store.getState(), selected: 0 });
  }, [shown]);
  const tellChoice = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      // The library moves its mark without a word to React: told after it has, React follows.
      queueMicrotask(() => store.setState({ ...store.getState() }));
    }
  };
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={change}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={440}
      radius="lg"
      attributes={{ content: { 'aria-label': 'Find or go to' } }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.5, blur: 0 }}
      classNames={{ content: classes.content ?? '' }}
    >
      <Spotlight.Search
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={commands[selected] && optionId(listId, commands[selected])}
        aria-label="Find a key, or go to a page"
        placeholder="Find a key by name, last four or whole secret, or go to a page"
        onKeyDown={tellChoice}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={18} stroke={1.75} />}
      />
      <CommandList id={listId} commands={commands} selected={selected} />
      <p role="status" className={classes.note}>
        {note}
      </p>
    </Spotlight.Root>
  );
}
