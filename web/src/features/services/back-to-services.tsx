import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import classes from './back-to-services.module.css';

export function BackToServices() {
  const { organization } = useMembership();
  return (
    <Link
      to="/o/$organizationSlug/services"
      params={{ organizationSlug: organization.slug }}
      className={classes.root}
    >
      <IconArrowLeft size={16} aria-hidden="true" />
      Services
    </Link>
  );
}
