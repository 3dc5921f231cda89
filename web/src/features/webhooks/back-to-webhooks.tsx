import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import classes from './back-to-webhooks.module.css';

export function BackToWebhooks() {
  const { organization } = useMembership();
  return (
    <Link
      to="/o/$organizationSlug/webhooks"
      params={{ organizationSlug: organization.slug }}
      className={classes.root}
    >
      <IconArrowLeft size={16} aria-hidden="true" />
      Webhooks
    </Link>
  );
}
