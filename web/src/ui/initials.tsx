import classes from './initials.module.css';

/** A mark of somebody beside their name: the first letters of it. */
export function Initials({ name }: { name: string }) {
  return (
    <span className={classes.root} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
