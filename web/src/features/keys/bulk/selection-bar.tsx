import type { Key } from '@keyward/shared/keys';
import { Button } from '@mantine/core';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import classes from './bulk.module.css';
import { type BulkAction, bulkActions, countKeys } from './bulk-actions.ts';

interface SelectionBarProps {
  selected: readonly Key[];
  onChoose: (action: BulkAction) => void;
  onClear: () => void;
}

/** What can be done with the selected keys. It floats over the page, so that nothing moves when it comes. */
export function SelectionBar({ selected, onChoose, onClear }: SelectionBarProps) {
  const membership = useMembership();
  const isOpen = selected.length > 0;
  // A member may not lift a suspension, not even of their own key.
  const actions: BulkAction[] = isAdmin(membership)
    ? ['suspend', 'resume', 'revoke']
    : ['suspend', 'revoke'];
  const shown = actions
    .map((action) => ({ action, count: selected.filter(bulkActions[action].isFor).length }))
    .filter(({ count }) => count > 0);
  return (
    <section aria-label="Selected keys" className={isOpen ? classes.selection : undefined}>
      <span role="status" className={isOpen ? classes.count : 'visually-hidden'}>
        {isOpen && `${countKeys(selected.length)} selected`}
      </span>
      {shown.map(({ action, count }) => (
        <Button
          key={action}
          size="xs"
          variant={action === 'revoke' ? 'light' : 'default'}
          {...(action === 'revoke' && { color: 'red' })}
          onClick={() => onChoose(action)}
        >
          {bulkActions[action].label} {count}
        </Button>
      ))}
      {isOpen && (
        <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
          Clear selection
        </Button>
      )}
    </section>
  );
}
