import classes from './or-line.module.css';

/** Stands between two ways to do the same. */
export function OrLine() {
  return <p className={classes.root}>or</p>;
}
