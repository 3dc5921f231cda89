import { Group } from '@mantine/core';
import { toFailure } from '../../lib/failure.ts';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { BulkKeys } from './bulk/bulk-keys.tsx';
import { CreateKeyButton } from './create-key-button.tsx';
import { ExportKeys } from './export/export-keys.tsx';
import { useExposures } from './exposure/use-exposures.ts';
import { ImportKeysLink } from './import-keys-link.tsx';
import { KeyFilterBar } from './key-filter-bar.tsx';
import { hasFilters, type KeyFilters } from './key-filters.ts';
import { keyLinkId } from './key-link.tsx';
import { KeyList } from './key-list.tsx';
import { KeyListSkeleton } from './key-list-skeleton.tsx';
import { NoKeys } from './no-keys.tsx';
import { NoMatches } from './no-matches.tsx';
import { useKeyActivity } from './use-key-activity.ts';
import { useKeyPages } from './use-key-pages.ts';
import { useKeySelection } from './use-key-selection.ts';
import { useRevokeDialog } from './use-revoke-dialog.tsx';

interface KeysPageProps {
  filters: KeyFilters;
  onFilter: (filters: KeyFilters) => void;
}

/** Who uses what: the keys of the organization, or a member's own. */
export function KeysPage({ filters, onFilter }: KeysPageProps) {
  const membership = useMembership();
  const pages = useKeyPages(filters);
  const { askToRevoke, dialog } = useRevokeDialog();
  const data = pages.data?.pages.map((page) => page.data);
  const keys = data?.flat();
  const activity = useKeyActivity(data ?? []);
  const { liveOf } = useExposures((data ?? []).map((page) => page.map(({ id }) => id)));
  const selection = useKeySelection(keys ?? []);
  const isEmpty = keys?.length === 0 && !hasFilters(filters);
  return (
    <div data-takes-width>
      <PageHeader
        title="API keys"
        description={
          isAdmin(membership)
            ? `Every key of ${membership.organization.name}: whose it is, what it may do, when it was last used.`
            : `Your own keys in ${membership.organization.name}. Its owners and admins see every key.`
        }
        action={
          <Group gap="sm">
            {!isEmpty && <ExportKeys filters={filters} />}
            {isAdmin(membership) && <ImportKeysLink />}
            {!isEmpty && <CreateKeyButton />}
          </Group>
        }
      />
      {isEmpty ? <NoKeys /> : <KeyFilterBar filters={filters} onFilter={onFilter} />}
      {pages.isError && (
        <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {pages.isPending && <KeyListSkeleton />}
      {keys?.length === 0 && !isEmpty && <NoMatches filters={filters} onFilter={onFilter} />}
      <BulkKeys selection={selection} />
      {keys !== undefined && keys.length > 0 && (
        <KeyList
          keys={keys}
          activity={activity}
          isExposed={(keyId) => liveOf(keyId).length > 0}
          selection={selection}
          isStale={pages.isPlaceholderData}
          onRevoke={askToRevoke}
        />
      )}
      <LoadMore pages={pages} elementOf={keyLinkId} />
      {dialog}
    </div>
  );
}
