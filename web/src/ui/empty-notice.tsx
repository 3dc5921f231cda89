import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './empty-notice.module.css';

interface EmptyNoticeProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** Where there is nothing yet: what would stand here, and how to get it. */
export function EmptyNotice({ icon, title, children, action }: EmptyNoticeProps) {
  return (
    <section className={classes.root}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <Title order={2}>{title}</Title>
      <div className={classes.text}>{children}</div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </section>
  );
}
