import { toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { BackToServices } from '../back-to-services.tsx';
import { NewServiceForm } from './new-service-form.tsx';

/** Where an operator adds a service to the catalog. */
export function CreateServicePage() {
  const { user } = useMembership();
  const services = trpc.services.list.useQuery(undefined, { enabled: user.isOperator });
  if (!user.isOperator) {
    return (
      <>
        <BackToServices />
        <PageHeader
          title="New service"
          description="The catalog is shared by every organization on this Keyward, so only its operator adds to it. Ask whoever runs this Keyward."
        />
      </>
    );
  }
  return (
    <>
      <BackToServices />
      {services.isError && (
        <FailureNotice
          failure={toFailure(services.error)}
          onRetry={() => void services.refetch()}
        />
      )}
      <NewServiceForm taken={services.data?.map(({ slug }) => slug) ?? []} />
    </>
  );
}
