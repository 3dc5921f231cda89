import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page-header.module.css';

interface PageHeaderProps {
  title: string;
  description?: ReactNode;
  /** The one thing that this page is for doing. */
  action?: ReactNode;
  /** For a page that comes without navigation, as the next step of another. */
  takesFocus?: boolean;
}

/** The heading of a page, which names the document too: one h1 a page. */
export function PageHeader({ title, description, action, takesFocus = false }: PageHeaderProps) {
  useDocumentTitle(`${title} · Keyward`);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) {
      heading.current?.focus();
    }
  }, [takesFocus]);
  return (
    <div className={classes.root}>
      <div className={classes.text}>
        <Title order={1} ref={heading} tabIndex={takesFocus ? -1 : undefined}>
          {title}
        </Title>
        {description !== undefined && <p className={classes.description}>{description}</p>}
      </div>
      {action}
    </div>
  );
}
