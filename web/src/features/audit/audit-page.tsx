import { isAdmin, useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { ForAdmins } from '../../ui/for-admins.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { AuditFilters } from './audit-filters.ts';
import { AuditLog } from './audit-log.tsx';
import { AuditTarget } from './audit-target.tsx';
import { ExportMenu } from './export-menu.tsx';
import { VerifyPanel } from './verify-panel.tsx';

interface AuditPageProps {
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
}

/** What happened in the organization: who did what, when, from where, and what it changed. */
export function AuditPage({ filters, onFilter }: AuditPageProps) {
  const membership = useMembership();
  const mayRead = isAdmin(membership);
  const members = trpc.members.list.useQuery(undefined, { enabled: mayRead });
  const { name } = membership.organization;
  return (
    <>
      <PageHeader
        title="Audit log"
        description={`Every change in ${name}: who made it, when, and from where. Nothing here can be edited or removed.`}
        action={mayRead && <ExportMenu scope="organization" filters={filters} />}
      />
      {mayRead ? (
        <>
          <VerifyPanel scope="organization" />
          <AuditLog
            scope="organization"
            user={membership.user}
            filters={filters}
            onFilter={onFilter}
            people={(members.data ?? []).map((one) => ({ value: one.userId, label: one.name }))}
            nameTarget={(event, named) => <AuditTarget event={event} name={named} />}
          />
        </>
      ) : (
        <ForAdmins what="read the audit log" />
      )}
    </>
  );
}
