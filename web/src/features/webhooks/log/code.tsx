import classes from './delivery-log.module.css';

/** Text of a machine, which scrolls in its own frame. */
export function Code({ name, text }: { name: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section aria-label={name} tabIndex={0} className={classes.code}>
      <pre>{text}</pre>
    </section>
  );
}
