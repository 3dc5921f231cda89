import { Button } from '@mantine/core';
import { IconHistory, IconSearch } from '@tabler/icons-react';
import { EmptyNotice } from '../../ui/empty-notice.tsx';

export function NoEvents({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? (
    <EmptyNotice
      icon={<IconSearch size={22} />}
      title="No event matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Nothing that was recorded passes all of these filters. Take one away, or choose other days.
    </EmptyNotice>
  ) : (
    <EmptyNotice icon={<IconHistory size={22} />} title="No event yet">
      Every change is recorded here from the first one on: who made it, when, and from where.
    </EmptyNotice>
  );
}
