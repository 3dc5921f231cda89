import { type ReactNode, useContext } from 'react';
import { MembershipContext } from '../lib/membership.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import classes from './lone-page.module.css';

/** A page that stands for another: by itself, or within an organization's frame, which has a main part. */
export function LonePage({ children }: { children?: ReactNode }) {
  const Element = useContext(MembershipContext) === null ? 'main' : 'div';
  return (
    <Element className={classes.page}>
      <BrandMark size={36} />
      {children}
    </Element>
  );
}
