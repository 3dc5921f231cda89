import { Skeleton } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { BackToServices } from '../back-to-services.tsx';
import { isOwnService } from '../is-own-service.ts';
import { ServiceView } from '../view/service-view.tsx';
import { ServiceEditor } from './service-editor.tsx';

/** One service: for operators to change, for everybody else to read. */
export function EditServicePage({ slug }: { slug: string }) {
  const { user } = useMembership();
  // The form begins with what this reads, so it reads anew for each visit and only once in it: what others
  // save meanwhile is found when this is saved.
  const query = trpc.services.get.useQuery(
    { slug },
    { gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  const service = query.data;
  if (service === undefined) {
    return (
      <>
        <BackToServices />
        <PageHeader title="Service" />
        {query.isPending && (
          <div role="status">
            <span className="visually-hidden">Loading the service</span>
            <Skeleton height={640} radius="lg" />
          </div>
        )}
        {query.isError && (
          <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
        )}
      </>
    );
  }
  return user.isOperator && !isOwnService(service) ? (
    <ServiceEditor key={service.id} service={service} />
  ) : (
    <ServiceView service={service} />
  );
}
