import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ForAdmins } from '../../../ui/for-admins.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { BackToKeys } from '../back-to-keys.tsx';
import { type ImportDraft, ImportForm } from './import-form.tsx';
import { ImportRunPanel } from './import-run-panel.tsx';
import { useImportRun } from './use-import-run.ts';

/** Keys that were made elsewhere go on working: first the text and what is in it, then the import. */
export function ImportKeysPage() {
  const membership = useMembership();
  const services = trpc.services.list.useQuery(undefined, { staleTime: 60_000 });
  const run = useImportRun();
  // Here, for the form gives way to the import, and comes back when that ends early.
  const [draft, setDraft] = useState<ImportDraft | null>(null);
  return (
    <>
      <BackToKeys />
      <PageHeader
        title="Import keys"
        description="Keys made elsewhere go on working. Keyward takes the SHA-256 of each secret, never the secret."
      />
      {!isAdmin(membership) && <ForAdmins what="import keys" />}
      {services.isError && (
        <FailureNotice
          failure={toFailure(services.error)}
          onRetry={() => void services.refetch()}
        />
      )}
      {isAdmin(membership) && services.data !== undefined && (
        <Panel>
          {run.found === null ? (
            <ImportForm
              services={services.data.filter(({ status }) => status === 'active')}
              draft={draft}
              onDraft={setDraft}
              onImport={run.begin}
            />
          ) : (
            <ImportRunPanel run={run} count={run.found.length} />
          )}
        </Panel>
      )}
    </>
  );
}
