import { UnstyledButton } from '@mantine/core';
import { IconLogout, IconSelector, IconShieldLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { CurrentUser } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { Initials } from '../../ui/initials.tsx';
import { Menu } from '../../ui/menu.tsx';
import { notifyFailure } from '../../ui/notify-failure.ts';
import classes from './account-menu.module.css';
import { ThemeChoice } from './theme-choice.tsx';

/** Who is signed in, in which theme, and the way out. */
export function AccountMenu({ user, onSignedOut }: { user: CurrentUser; onSignedOut: () => void }) {
  const signOut = trpc.account.signOut.useMutation({
    onSuccess: onSignedOut,
    onError: notifyFailure,
  });
  return (
    <Menu position="top-start" width={248}>
      <Menu.Target>
        <UnstyledButton className={classes.target}>
          <span className="visually-hidden">Account: </span>
          <Initials name={user.name} />
          <span className={classes.who}>
            <span className={classes.name}>{user.name}</span>
            <span className={classes.email}>{user.email}</span>
          </span>
          <IconSelector size={16} className={classes.chevron} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.heading}>
          <span className={classes.name}>{user.name}</span>
          <span className={classes.email}>{user.email}</span>
          {user.isOperator && <span className={classes.role}>Operator</span>}
        </div>
        <Menu.Divider />
        <ThemeChoice />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconShieldLock size={16} />}
          renderRoot={(props) => <Link to="/account" {...props} />}
        >
          Account and security
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          closeMenuOnClick={false}
          onClick={() => signOut.mutate()}
        >
          {signOut.isPending ? 'Signing out…' : 'Sign out'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
