import type { ReactNode } from 'react';
import classes from './auth-card.module.css';
import { PageHeader } from './page-header.tsx';
import { Wordmark } from './wordmark.tsx';

interface AuthCardProps {
  title: string;
  description: string;
  children: ReactNode;
  footer?: ReactNode;
}

/** The frame of the pages for people who are not signed in. */
export function AuthCard({ title, description, children, footer }: AuthCardProps) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <Wordmark />
        <div className={classes.card}>
          <PageHeader title={title} description={description} />
          {children}
        </div>
        {footer && <p className={classes.footer}>{footer}</p>}
      </div>
    </main>
  );
}
