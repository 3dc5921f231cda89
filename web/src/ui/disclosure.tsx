import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import classes from './disclosure.module.css';

interface DisclosureProps {
  title: string;
  description?: string;
  isInitiallyOpen?: boolean;
  /** Something within asks for attention. */
  isForcedOpen?: boolean;
  children: ReactNode;
}

/** A part of a page that most people leave closed. */
export function Disclosure({
  title,
  description,
  isInitiallyOpen = false,
  isForcedOpen = false,
  children,
}: DisclosureProps) {
  const [isOpen, setOpen] = useState(isInitiallyOpen);
  return (
    <details
      className={classes.root}
      open={isOpen || isForcedOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={classes.summary}>
        <IconChevronRight size={16} className={classes.chevron} aria-hidden="true" />
        <span className={classes.title}>{title}</span>
        {description && <span className={classes.description}>{description}</span>}
      </summary>
      <div className={classes.content}>{children}</div>
    </details>
  );
}
