import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AccountMenu } from '../features/account/account-menu.tsx';
import type { CurrentUser } from '../lib/membership.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import classes from './account-frame.module.css';
import { useLeave } from './use-leave.ts';

/** The frame around pages of somebody who is signed in, and in no organization. */
export function AccountFrame({ user, children }: { user: CurrentUser; children: ReactNode }) {
  const leave = useLeave();
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Link to="/" className={classes.home}>
          <Wordmark />
        </Link>
        <div className={classes.account}>
          <AccountMenu user={user} onSignedOut={leave} />
        </div>
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  );
}
