import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ForAdmins } from '../../ui/for-admins.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { NoWebhooks } from './no-webhooks.tsx';
import { WebhookList } from './webhook-list.tsx';
import { WebhookListSkeleton } from './webhook-list-skeleton.tsx';

const askEveryMs = 10_000;

/** Who is told of what happens here. */
export function WebhooksPage() {
  const membership = useMembership();
  const { organization } = membership;
  const mayManage = isAdmin(membership);
  const standings = trpc.webhooks.standings.useQuery(undefined, {
    enabled: mayManage,
    refetchInterval: askEveryMs,
  });
  const params = { organizationSlug: organization.slug };
  const create = (
    <Button
      leftSection={<IconPlus size={16} />}
      renderRoot={(props) => (
        <Link to="/o/$organizationSlug/webhooks/new" params={params} {...props} />
      )}
    >
      Add webhook
    </Button>
  );
  const count = standings.data?.length ?? 0;
  return (
    <>
      <PageHeader
        title="Webhooks"
        description={`Keyward tells your systems of what happens to the keys and members of ${organization.name}, as it happens.`}
        action={count > 0 && create}
      />
      {!mayManage && <ForAdmins what="look after webhooks" />}
      {mayManage && standings.isPending && <WebhookListSkeleton />}
      {standings.isError && (
        <FailureNotice
          failure={toFailure(standings.error)}
          onRetry={() => void standings.refetch()}
        />
      )}
      {standings.data !== undefined &&
        (count === 0 ? <NoWebhooks action={create} /> : <WebhookList standings={standings.data} />)}
    </>
  );
}
