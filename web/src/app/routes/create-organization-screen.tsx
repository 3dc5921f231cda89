import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { AccountMenu } from '../../features/account/account-menu.tsx';
import { CreateOrganizationPage } from '../../features/organizations/create-organization-page.tsx';
import { Wordmark } from '../../ui/wordmark.tsx';
import { useLeave } from '../use-leave.ts';
import classes from './create-organization-screen.module.css';

const route = getRouteApi('/organizations/new');

export function CreateOrganizationScreen() {
  const { user, isFirst, account } = route.useRouteContext();
  const navigate = useNavigate();
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
      <main className={classes.main}>
        <CreateOrganizationPage
          isFirst={isFirst}
          onCreated={async ({ slug }) => {
            await account.utils.organizations.list.invalidate();
            await navigate({
              to: '/o/$organizationSlug/keys',
              params: { organizationSlug: slug },
            });
          }}
        />
      </main>
    </div>
  );
}
