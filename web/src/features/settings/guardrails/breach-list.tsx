import type { AppRouter } from '@keyward/server/trpc/app-router';
import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { inferRouterOutputs } from '@trpc/server';
import { useState } from 'react';
import { formatCount } from '../../../lib/format-time.ts';
import { useMembership } from '../../../lib/membership.ts';
import classes from './breaches.module.css';

type Breach = inferRouterOutputs<AppRouter>['organizations']['breaches']['data'][number];

const shownAtFirst = 5;

/** The newest keys that do not comply, each with why. */
export function BreachList({ breaches, count }: { breaches: readonly Breach[]; count: number }) {
  const { organization } = useMembership();
  const [isWhole, setWhole] = useState(false);
  if (breaches.length === 0) {
    return null;
  }
  const shown = isWhole ? breaches : breaches.slice(0, shownAtFirst);
  return (
    <>
      <ul className={classes.list}>
        {shown.map(({ key, breaches: reasons }) => (
          <li key={key.id} className={classes.item}>
            <Anchor
              renderRoot={(props) => (
                <Link
                  to="/o/$organizationSlug/keys/$keyId"
                  params={{ organizationSlug: organization.slug, keyId: key.id }}
                  {...props}
                />
              )}
            >
              {key.name}
            </Anchor>{' '}
            <code>
              {key.start}…{key.last4}
            </code>
            {reasons.map(({ path, message }) => (
              <p key={path} className={classes.reason}>
                {message}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {shown.length < breaches.length ? (
        <div>
          <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
            Show {breaches.length - shown.length} more
          </Button>
        </div>
      ) : (
        shown.length < count && (
          <p className={classes.more}>
            These are the newest {formatCount(shown.length)} of {formatCount(count)}.
          </p>
        )
      )}
    </>
  );
}
