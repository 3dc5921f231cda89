import { useDisclosure } from '@mantine/hooks';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { CommandHost } from './commands/command-host.tsx';
import { DemoBanner } from './demo-banner.tsx';
import classes from './organization-layout.module.css';
import { OrganizationProvider } from './organization-provider.tsx';
import { SideNavigation } from './side-navigation.tsx';
import { SuspensionNotice } from './suspension-notice.tsx';
import { TopBar } from './top-bar.tsx';
import { useFocusOnNavigation } from './use-focus-on-navigation.ts';

const route = getRouteApi('/o/$organizationSlug');

/** The frame around every page of an organization. */
export function OrganizationLayout() {
  const { membership, onSignedOut } = route.useRouteContext();
  const [isCommanding, commands] = useDisclosure(false);
  const main = useFocusOnNavigation();
  return (
    <div className={classes.layout}>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <TopBar onOpenCommands={commands.open} />
      <aside className={classes.side} aria-label="Console">
        <SideNavigation withWordmark onOpenCommands={commands.open} />
      </aside>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <div className={classes.content}>
          <DemoBanner />
          <OrganizationProvider
            key={membership.organization.id}
            membership={membership}
            onSignedOut={onSignedOut}
          >
            <SuspensionNotice membership={membership} />
            <Outlet />
            <CommandHost isOpen={isCommanding} onOpen={commands.open} onClose={commands.close} />
          </OrganizationProvider>
        </div>
      </main>
    </div>
  );
}
