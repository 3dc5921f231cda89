import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import classes from './back-to-keys.module.css';

export function BackToKeys() {
  const { organization } = useMembership();
  return (
    <Link
      to="/o/$organizationSlug/keys"
      params={{ organizationSlug: organization.slug }}
      className={classes.root}
    >
      <IconArrowLeft size={16} aria-hidden="true" />
      API keys
    </Link>
  );
}
