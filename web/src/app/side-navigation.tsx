import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { AccountMenu } from '../features/account/account-menu.tsx';
import { OrganizationSwitcher } from '../features/organizations/organization-switcher.tsx';
import { isAdmin } from '../lib/membership.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { CommandsButton } from './commands/commands-button.tsx';
import { rooms } from './rooms.ts';
import classes from './side-navigation.module.css';
import { useLeave } from './use-leave.ts';

const route = getRouteApi('/o/$organizationSlug');

interface SideNavigationProps {
  withWordmark?: boolean;
  onOpenCommands: () => void;
  /** Called on the way to another page. */
  onLeave?: () => void;
}

/** Where one is, and where one may go: the organization, its rooms, the account. */
export function SideNavigation({
  withWordmark = false,
  onOpenCommands,
  onLeave,
}: SideNavigationProps) {
  const { membership, organizations } = route.useRouteContext();
  const { organization, user } = membership;
  const navigate = useNavigate();
  const leave = useLeave();
  const shown = rooms.filter(({ isForAdmins }) => !isForAdmins || isAdmin(membership));
  return (
    <div className={classes.root}>
      {withWordmark && (
        <Link to="/" className={classes.home}>
          <Wordmark />
        </Link>
      )}
      <OrganizationSwitcher
        current={organization}
        organizations={organizations}
        onSwitch={(organizationSlug) => {
          onLeave?.();
          void navigate({ to: '/o/$organizationSlug/keys', params: { organizationSlug } });
        }}
        onCreate={() => void navigate({ to: '/organizations/new' })}
        onListAll={user.isOperator ? () => void navigate({ to: '/organizations' }) : undefined}
      />
      <CommandsButton
        onOpen={() => {
          onLeave?.();
          onOpenCommands();
        }}
      />
      <nav aria-label="Organization" className={classes.nav}>
        {shown.map(({ to, label, Icon }) => (
          <Link
            key={to}
            to={to}
            params={{ organizationSlug: organization.slug }}
            className={classes.link}
            activeOptions={{ includeSearch: false }}
            onClick={onLeave}
          >
            <Icon size={18} stroke={1.75} aria-hidden="true" />
            {label}
          </Link>
        ))}
      </nav>
      <div className={classes.account}>
        <AccountMenu user={user} onSignedOut={leave} />
      </div>
    </div>
  );
}
