import { lazy, Suspense } from 'react';
import classes from './key-snippets.module.css';
import type { SnippetFacts } from './snippet.ts';

const KeySnippets = lazy(() =>
  import('./key-snippets.tsx').then(
    (module) => ({ default: module.KeySnippets }),
    // The secret beside them must stay on the page, whatever becomes of the snippets.
    () => ({ default: Missing }),
  ),
);

/** The snippets, which are fetched once there is a secret to put into them. */
export function LazySnippets(props: { facts: SnippetFacts; secret: string }) {
  return (
    <Suspense fallback={<div className={classes.pending} />}>
      <KeySnippets {...props} />
    </Suspense>
  );
}

function Missing() {
  return (
    <p>The snippets could not be fetched. The secret above is whole: store it all the same.</p>
  );
}
