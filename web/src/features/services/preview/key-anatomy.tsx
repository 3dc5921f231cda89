import { exampleSecret } from '@keyward/shared/example-secret';
import classes from './key-anatomy.module.css';

interface KeyAnatomyProps {
  /** Such as `Live key`. */
  label: string;
  prefix: string | undefined;
}

/** An example of a secret, with its parts told apart. */
export function KeyAnatomy({ label, prefix }: KeyAnatomyProps) {
  if (prefix === undefined || prefix === '') {
    return (
      <div className={classes.root}>
        <span className={classes.label}>{label}</span>
        <span className={classes.none}>No prefix, so no such keys</span>
      </div>
    );
  }
  const parts = exampleSecret(prefix);
  return (
    <div className={classes.root}>
      <span className={classes.label}>{label}</span>
      <code className={classes.secret}>
        <span className={classes.prefix}>{parts.prefix}</span>
        <span>{parts.random}</span>
        <span className={classes.checksum}>{parts.checksum}</span>
      </code>
    </div>
  );
}
