import { Button } from '@mantine/core';
import { IconKey, IconRobot, IconStack2, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { EmptyNotice } from '../../ui/empty-notice.tsx';
import { CreateKeyButton } from './create-key-button.tsx';
import classes from './no-keys.module.css';

/** The first look at an organization without keys: what comes first, and what next. */
export function NoKeys() {
  const membership = useMembership();
  const { organization, user } = membership;
  const services = trpc.services.list.useQuery();
  const hasServices = services.data?.some((service) => service.slug !== 'keyward') ?? true;
  if (hasServices || !user.isOperator) {
    return (
      <EmptyNotice icon={<IconKey size={22} />} title="No keys yet" action={<CreateKeyButton />}>
        <p className={classes.text}>
          A key opens a service to whoever holds its secret. Make one for each system that calls, so
          that you can tell them apart and end one without the others.
        </p>
        <ul className={classes.kinds}>
          <li>
            <IconUser size={18} aria-hidden="true" />
            <span>
              <strong>A user key</strong> is for a person: a laptop, a script, a trial. It acts
              under their name and ends when they leave.
            </span>
          </li>
          <li>
            <IconRobot size={18} aria-hidden="true" />
            <span>
              <strong>A bot key</strong> is for a system: a backend, a job, an integration. It
              belongs to the organization and outlives people.
              {isAdmin(membership) ? '' : ' Owners and admins make them.'}
            </span>
          </li>
        </ul>
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice
      icon={<IconStack2 size={22} />}
      title="Choose a service first"
      action={
        <Button
          renderRoot={(props) => (
            <Link
              to="/o/$organizationSlug/services"
              params={{ organizationSlug: organization.slug }}
              {...props}
            />
          )}
        >
          Go to services
        </Button>
      }
    >
      Keys open a service: it says how they look and what they may do. Add one of five presets to
      the catalog, then come back and create a key.
    </EmptyNotice>
  );
}
