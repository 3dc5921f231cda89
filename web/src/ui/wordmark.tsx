import { BrandMark } from './brand-mark.tsx';
import classes from './wordmark.module.css';

export function Wordmark() {
  return (
    <span className={classes.root}>
      <BrandMark />
      Keyward
    </span>
  );
}
