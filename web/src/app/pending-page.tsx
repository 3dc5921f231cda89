import { LonePage } from './lone-page.tsx';

/** Before the first answer: the mark, and for those who cannot see it a word. */
export function PendingPage() {
  return (
    <LonePage>
      <span role="status" className="visually-hidden">
        Loading
      </span>
    </LonePage>
  );
}
