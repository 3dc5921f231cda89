import type { WebhookWithSecret } from '@keyward/shared/webhooks';
import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ForAdmins } from '../../../ui/for-admins.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { BackToWebhooks } from '../back-to-webhooks.tsx';
import { DeliveryLog } from '../log/delivery-log.tsx';
import type { LogFilter } from '../log-filter.ts';
import { refetchEvery } from '../refetch-every.ts';
import { WebhookSecret } from '../secret/webhook-secret.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { WebhookFacts } from './webhook-facts.tsx';
import classes from './webhook-page.module.css';
import { WebhookStatus } from './webhook-status.tsx';

interface WebhookPageProps {
  webhookId: string;
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
}

/** One webhook: how it fares, what it is, and what was sent to it. */
export function WebhookPage({ webhookId, filter, onFilter }: WebhookPageProps) {
  const mayManage = isAdmin(useMembership());
  const [rotated, setRotated] = useState<WebhookWithSecret | null>(null);
  const query = trpc.webhooks.get.useQuery(
    { id: webhookId },
    {
      enabled: mayManage,
      refetchInterval: ({ state }) => refetchEvery(state.data ?? null),
    },
  );
  const standing = query.data;
  if (rotated !== null) {
    return <WebhookSecret {...rotated} onStored={() => setRotated(null)} />;
  }
  return (
    <>
      <BackToWebhooks />
      {standing === undefined ? (
        <PageHeader title="Webhook" />
      ) : (
        <PageHeader
          title={standing.webhook.description ?? URL.parse(standing.webhook.url)?.host ?? 'Webhook'}
          description={
            <span className={classes.address}>
              <code>{standing.webhook.url}</code>{' '}
              <CopyButton text={standing.webhook.url} label="Copy the address" />
            </span>
          }
          action={<WebhookActions webhook={standing.webhook} onRotated={setRotated} />}
        />
      )}
      {!mayManage && <ForAdmins what="look after webhooks" />}
      {mayManage && query.isPending && (
        <div role="status">
          <span className="visually-hidden">Loading the webhook</span>
          <Skeleton height={120} radius="lg" />
        </div>
      )}
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {standing !== undefined && (
        <div className={classes.column}>
          <WebhookStatus standing={standing} />
          <WebhookFacts webhook={standing.webhook} />
          <DeliveryLog standing={standing} filter={filter} onFilter={onFilter} />
        </div>
      )}
    </>
  );
}
