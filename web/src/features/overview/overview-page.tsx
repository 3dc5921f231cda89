import { Button } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ForAdmins } from '../../ui/for-admins.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AttentionSection } from './attention-section.tsx';
import { FirstSteps } from './first-steps.tsx';
import type { OverviewDays } from './overview-view.ts';
import { VerificationsSection } from './verifications-section.tsx';

interface OverviewPageProps {
  days: OverviewDays;
  onDays: (days: OverviewDays) => void;
}

/** How the keys of the organization are used, and which of them somebody should look at. */
export function OverviewPage(props: OverviewPageProps) {
  const membership = useMembership();
  if (!isAdmin(membership)) {
    return (
      <>
        <PageHeader title="Overview" />
        <ForAdmins what="see how its keys are used" />
      </>
    );
  }
  return <AdminOverview {...props} />;
}

function AdminOverview({ days, onDays }: OverviewPageProps) {
  const { organization } = useMembership();
  const attention = trpc.keys.attention.useQuery();
  const isEmpty = attention.data?.keys === 0;
  return (
    <>
      <PageHeader
        title="Overview"
        description={`How the keys of ${organization.name} are used, and which of them somebody should look at.`}
        action={
          !isEmpty && (
            <Button
              variant="default"
              leftSection={<IconListCheck size={18} />}
              renderRoot={(props) => (
                <Link
                  to="/o/$organizationSlug/review"
                  params={{ organizationSlug: organization.slug }}
                  {...props}
                />
              )}
            >
              Review keys
            </Button>
          )
        }
      />
      {isEmpty && <FirstSteps />}
      {!isEmpty && <VerificationsSection days={days} onDays={onDays} />}
      {attention.isError && (
        <FailureNotice
          failure={toFailure(attention.error)}
          onRetry={() => void attention.refetch()}
        />
      )}
      {!isEmpty && !attention.isError && <AttentionSection attention={attention.data} />}
    </>
  );
}
