import type { Key } from '@keyward/shared/keys';
import classes from './edit-key-form.module.css';

/** What has become of a key while its form is open: said before the form is sent. */
export function Meanwhile({ start, now }: { start: Key; now: Key }) {
  const text = describeMeanwhile(start, now);
  return (
    <div role="status" className={text === null ? 'visually-hidden' : classes.meanwhile}>
      {text}
    </div>
  );
}

function describeMeanwhile(start: Key, now: Key): string | null {
  if (now.status === 'revoked') {
    return 'This key was revoked while you were editing. It is dead for good, and nothing of it can be changed.';
  }
  if (now.status !== start.status) {
    const what = now.status === 'active' ? 'is active again' : `is ${now.status} now`;
    return `This key ${what}: that changed while you were editing, and stays so when you save.`;
  }
  return now.updatedAt === start.updatedAt
    ? null
    : 'Somebody else changed this key while you were editing. Only what you change here is saved.';
}
