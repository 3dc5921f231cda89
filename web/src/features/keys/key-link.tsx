import type { Key } from '@keyward/shared/keys';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import classes from './key-link.module.css';

export const keyLinkId = (keyId: string): string => `link-${keyId}`;

export function KeyLink({ apiKey }: { apiKey: Key }) {
  const { organization } = useMembership();
  return (
    <Link
      to="/o/$organizationSlug/keys/$keyId"
      params={{ organizationSlug: organization.slug, keyId: apiKey.id }}
      id={keyLinkId(apiKey.id)}
      className={classes.root}
      title={apiKey.name}
    >
      {apiKey.name}
    </Link>
  );
}
