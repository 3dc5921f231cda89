import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { EmptyNotice } from '../../ui/empty-notice.tsx';

export function NoMatches({ onClear }: { onClear: () => void }) {
  return (
    <EmptyNotice
      icon={<IconSearch size={22} />}
      title="No key matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear search and filters
        </Button>
      }
    >
      The search looks in names and external ids, and at the last four characters of a secret.
    </EmptyNotice>
  );
}
