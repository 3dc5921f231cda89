import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import classes from './form-section.module.css';

interface ListToolsProps {
  /** What they act on, such as `tier public`. */
  name: string;
  index: number;
  length: number;
  onMove: (to: number) => void;
  /** Left out for what has to stay. */
  onRemove?: (() => void) | undefined;
}

/** Moves an entry of a list, and removes it. */
export function ListTools({ name, index, length, onMove, onRemove }: ListToolsProps) {
  return (
    <div className={classes.tools}>
      {length > 1 && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Move ${name} up`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Move ${name} down`}
            disabled={index === length - 1}
            onClick={() => onMove(index + 1)}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
        </>
      )}
      {onRemove && (
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
