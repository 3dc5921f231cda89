import { Spotlight } from '@mantine/spotlight';
import type { Command } from './command.ts';
import classes from './command-palette.module.css';

export const optionId = (listId: string, { id }: Command): string => `${listId}-${id}`;

interface CommandListProps {
  id: string;
  commands: readonly Command[];
  /** The place of the chosen one. */
  selected: number;
}

export function CommandList({ id, commands, selected }: CommandListProps) {
  const groups = Map.groupBy(commands, ({ group }) => group);
  return (
    <Spotlight.ActionsList>
      <div role="listbox" id={id} aria-label="Commands and keys">
        {[...groups].map(([group, members]) => (
          <Spotlight.ActionsGroup key={group} label={group} role="group" aria-label={group}>
            {members.map((command) => {
              const isSelected = commands[selected] === command;
              return (
                <Spotlight.Action
                  key={command.id}
                  // The component keeps an id that it is given to itself.
                  ref={(element: HTMLButtonElement | null) => {
                    element?.setAttribute('id', optionId(id, command));
                  }}
                  role="option"
                  aria-selected={isSelected}
                  data-selected={isSelected || undefined}
                  className={classes.action}
                  label={command.label}
                  description={command.description ?? ''}
                  leftSection={<command.Icon size={18} stroke={1.75} aria-hidden="true" />}
                  onClick={command.run}
                />
              );
            })}
          </Spotlight.ActionsGroup>
        ))}
      </div>
    </Spotlight.ActionsList>
  );
}
