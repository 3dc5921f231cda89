import type { Key } from '@keyward/shared/keys';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../../lib/membership.ts';
import classes from './leaver-key.module.css';

/** A key by its name, which leads to it, and by what is known of its secret. */
export function KeyName({ apiKey: { id, name, start, last4 } }: { apiKey: Key }) {
  const { organization } = useMembership();
  return (
    <>
      <Link
        to="/o/$organizationSlug/keys/$keyId"
        params={{ organizationSlug: organization.slug, keyId: id }}
        className={classes.link}
      >
        {name}
      </Link>{' '}
      <code className={classes.masked}>
        {start}
        <span aria-hidden="true">…</span>
        <span className="visually-hidden">, ends in </span>
        {last4}
      </code>
    </>
  );
}
