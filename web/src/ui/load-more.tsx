import { Button } from '@mantine/core';
import classes from './load-more.module.css';

interface Loaded {
  data: { pages: readonly { data: readonly { id: string }[] }[] } | undefined;
}

interface LoadMoreProps {
  /** What `useInfiniteQuery` returns. */
  pages: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<Loaded>;
  };
  /** The id of the element that has the focus when this row is the first that came. */
  elementOf: (rowId: string) => string;
}

/** The next page of a list, for as long as there is one. */
export function LoadMore({ pages, elementOf }: LoadMoreProps) {
  if (!pages.hasNextPage) {
    return null;
  }
  const load = async () => {
    const { data } = await pages.fetchNextPage();
    const first = data?.pages.at(-1)?.data[0];
    if (first !== undefined) {
      focusFirst(elementOf(first.id));
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

/** The button may be gone with the last page. Whoever types elsewhere by now keeps the focus. */
function focusFirst(id: string): void {
  requestAnimationFrame(() => {
    if (!document.activeElement?.matches('input, textarea, select')) {
      document.getElementById(id)?.focus();
    }
  });
}
