import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { BackToKeys } from '../back-to-keys.tsx';
import { CreateKeyFlow } from './create-key-flow.tsx';
import { CreateKeySkeleton } from './create-key-skeleton.tsx';

/** Where keys are made. It needs the catalog before it can ask anything. */
export function CreateKeyPage({ askedService }: { askedService: string | undefined }) {
  const services = trpc.services.list.useQuery(undefined, { staleTime: 60_000 });
  const active = services.data?.filter((service) => service.status === 'active');
  if (active !== undefined && active.length > 0) {
    return <CreateKeyFlow services={active} askedService={askedService} />;
  }
  return (
    <>
      <BackToKeys />
      <PageHeader title="Create key" />
      {services.isPending && <CreateKeySkeleton />}
      {services.isError && (
        <FailureNotice
          failure={toFailure(services.error)}
          onRetry={() => void services.refetch()}
        />
      )}
      {active?.length === 0 && <p>No service is active. Ask the operator to enable one.</p>}
    </>
  );
}
