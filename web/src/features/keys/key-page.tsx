import { Outlet } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { BackToKeys } from './back-to-keys.tsx';
import { ExposureBanner } from './exposure/exposure-banner.tsx';
import { KeyContext } from './key-context.ts';
import { KeyHeaderActions } from './key-header-actions.tsx';
import { KeyListSkeleton } from './key-list-skeleton.tsx';
import { KeyTabs } from './key-tabs.tsx';
import { KeyTitleNote } from './key-title-note.tsx';

/** One key: what it is called, what can be done with it, and a tab for each matter. */
export function KeyPage({ keyId }: { keyId: string }) {
  const query = trpc.keys.get.useQuery({ id: keyId });
  const key = query.data;
  return (
    <>
      <BackToKeys />
      {query.isPending && (
        <>
          <PageHeader title="Key" />
          <KeyListSkeleton />
        </>
      )}
      {query.isError && (
        <>
          <PageHeader title="Key" />
          <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
        </>
      )}
      {key !== undefined && (
        <>
          <PageHeader
            title={key.name}
            description={<KeyTitleNote apiKey={key} />}
            action={<KeyHeaderActions key={key.id} apiKey={key} />}
          />
          <ExposureBanner apiKey={key} />
          <KeyContext value={key}>
            <KeyTabs />
            <Outlet />
          </KeyContext>
        </>
      )}
    </>
  );
}
