import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { useKey } from './key-context.ts';
import classes from './key-tabs.module.css';

const tabs = [
  { to: '/o/$organizationSlug/keys/$keyId', label: 'Overview' },
  { to: '/o/$organizationSlug/keys/$keyId/activity', label: 'Activity' },
  { to: '/o/$organizationSlug/keys/$keyId/permissions', label: 'Permissions' },
  { to: '/o/$organizationSlug/keys/$keyId/network', label: 'Network' },
  { to: '/o/$organizationSlug/keys/$keyId/secrets', label: 'Secrets' },
  { to: '/o/$organizationSlug/keys/$keyId/audit', label: 'Audit', isForAdmins: true },
  { to: '/o/$organizationSlug/keys/$keyId/explain', label: 'Explain', isForAdmins: true },
] as const satisfies readonly { to: string; label: string; isForAdmins?: boolean }[];

/** The matters of a key. Each is an address, so these are links and no tab list. */
export function KeyTabs() {
  const membership = useMembership();
  const shown = tabs.filter((tab) => !('isForAdmins' in tab) || isAdmin(membership));
  const { id } = useKey();
  const list = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone not all of them are in view. The one that is open is.
  useEffect(() => {
    const open = list.current?.querySelector(`[href="${pathname}"]`);
    open?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <nav ref={list} aria-label="Key" className={classes.root}>
      {shown.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ organizationSlug: membership.organization.slug, keyId: id }}
          className={classes.tab}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
