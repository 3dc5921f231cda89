import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import classes from './back-to-keys.module.css';

/** The way back to the list, or to the review for whoever came from there. */
export function BackToKeys() {
  const { organization } = useMembership();
  const { keyId } = useParams({ strict: false });
  const { from } = useSearch({ strict: false });
  const params = { organizationSlug: organization.slug };
  const arrow = <IconArrowLeft size={16} aria-hidden="true" />;
  if (from === 'review' && keyId !== undefined) {
    return (
      <Link
        to="/o/$organizationSlug/review"
        params={params}
        search={{ key: keyId }}
        className={classes.root}
      >
        {arrow}
        Back to the review
      </Link>
    );
  }
  return (
    <Link to="/o/$organizationSlug/keys" params={params} className={classes.root}>
      {arrow}
      API keys
    </Link>
  );
}
