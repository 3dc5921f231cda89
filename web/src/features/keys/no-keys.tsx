import { Button } from '@mantine/core';
import { IconKey, IconStack2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { EmptyNotice } from '../../ui/empty-notice.tsx';
import { CreateKeyButton } from './create-key-button.tsx';

/** The first look at an organization without keys: what comes first, and what next. */
export function NoKeys() {
  const { organization, user } = useMembership();
  const services = trpc.services.list.useQuery();
  const hasServices = services.data?.some((service) => service.slug !== 'keyward') ?? true;
  if (hasServices || !user.isOperator) {
    return (
      <EmptyNotice icon={<IconKey size={22} />} title="No keys yet" action={<CreateKeyButton />}>
        Create one for each system that will call. Its secret is shown once, and you can see here
        when it was last used.
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
