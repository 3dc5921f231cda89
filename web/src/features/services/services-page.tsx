import { Button, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import { useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PresetCards } from './preset-cards.tsx';
import { SecretScanning } from './scanning/secret-scanning.tsx';
import { ServiceCard } from './service-card.tsx';
import { ServiceCardSkeleton } from './service-card-skeleton.tsx';
import classes from './services-page.module.css';

/** The catalog: which APIs keys can be made for. */
export function ServicesPage() {
  const { user, organization } = useMembership();
  const services = trpc.services.list.useQuery();
  return (
    <>
      <PageHeader
        title="Services"
        description={
          user.isOperator
            ? 'A service is an API that keys open. The catalog is shared by every organization on this Keyward.'
            : 'A service is an API that keys open. The operator of this Keyward looks after the catalog.'
        }
        action={
          user.isOperator && (
            <Button
              leftSection={<IconPlus size={16} />}
              renderRoot={(props) => (
                <Link
                  to="/o/$organizationSlug/services/new"
                  params={{ organizationSlug: organization.slug }}
                  {...props}
                />
              )}
            >
              New service
            </Button>
          )
        }
      />
      <section aria-labelledby="catalog" className={classes.section}>
        <Title order={2} id="catalog" tabIndex={-1} mb="sm">
          Catalog
        </Title>
        {services.isError && (
          <FailureNotice
            failure={toFailure(services.error)}
            onRetry={() => void services.refetch()}
          />
        )}
        <div className={classes.grid}>
          {services.isPending && <ServiceCardSkeleton />}
          {services.data?.map((service) => (
            <ServiceCard key={service.id} service={service} />
          ))}
        </div>
      </section>
      {user.isOperator && services.data && <PresetCards catalog={services.data} />}
      {services.data && <SecretScanning catalog={services.data} />}
    </>
  );
}
