import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import { useKey } from './key-context.ts';
import classes from './key-tabs.module.css';

const tabs = [
  { to: '/o/$organizationSlug/keys/$keyId', label: 'Overview' },
  { to: '/o/$organizationSlug/keys/$keyId/activity', label: 'Activity' },
  { to: '/o/$organizationSlug/keys/$keyId/permissions', label: 'Permissions' },
  { to: '/o/$organizationSlug/keys/$keyId/network', label: 'Network' },
  { to: '/o/$organizationSlug/keys/$keyId/secrets', label: 'Secrets' },
  { to: '/o/$organizationSlug/keys/$keyId/audit', label: 'Audit' },
  { to: '/o/$organizationSlug/keys/$keyId/explain', label: 'Explain' },
] as const;

/** The matters of a key. Each is an address, so these are links and no tab list. */
export function KeyTabs() {
  const { organization } = useMembership();
  const { id } = useKey();
  return (
    <nav aria-label="Key" className={classes.root}>
      {tabs.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ organizationSlug: organization.slug, keyId: id }}
          className={classes.tab}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
