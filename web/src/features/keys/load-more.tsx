import { Button } from '@mantine/core';
import { focusBrought } from '../../lib/focus-brought.ts';
import { keyLinkId } from './key-link.tsx';
import classes from './load-more.module.css';
import type { useKeyPages } from './use-key-pages.ts';

/** The next page of the list, for as long as there is one. */
export function LoadMore({ pages }: { pages: ReturnType<typeof useKeyPages> }) {
  if (!pages.hasNextPage) {
    return null;
  }
  const load = async () => {
    const { data } = await pages.fetchNextPage();
    const first = data?.pages.at(-1)?.data[0];
    if (first !== undefined) {
      focusBrought(keyLinkId(first.id));
    }
  };
  return (
    <div className={classes.root}>
      <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void load()}>
        Load more
      </Button>
    </div>
  );
}
