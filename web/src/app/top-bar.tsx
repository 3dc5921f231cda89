import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMenu2, IconX } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { BrandMark } from '../ui/brand-mark.tsx';
import { SideNavigation } from './side-navigation.tsx';
import classes from './top-bar.module.css';

const route = getRouteApi('/o/$organizationSlug');

/** On small screens, what stands at the side elsewhere: behind a button. */
export function TopBar({ onOpenCommands }: { onOpenCommands: () => void }) {
  const { membership } = route.useRouteContext();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <header className={classes.root}>
      <div className={classes.bar}>
        <Link to="/" className={classes.home} aria-label="Keyward">
          <BrandMark />
        </Link>
        <span className={classes.name}>{membership.organization.name}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label="Navigation"
          aria-expanded={isOpen}
          onClick={toggle}
        >
          {isOpen ? <IconX size={20} /> : <IconMenu2 size={20} />}
        </ActionIcon>
      </div>
      {isOpen && (
        <div className={classes.panel}>
          <SideNavigation onOpenCommands={onOpenCommands} onLeave={close} />
        </div>
      )}
    </header>
  );
}
