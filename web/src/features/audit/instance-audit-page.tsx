import type { CurrentUser } from '../../lib/membership.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import type { AuditFilters } from './audit-filters.ts';
import { AuditLog } from './audit-log.tsx';
import { PlainTarget } from './audit-target.tsx';
import { ExportMenu } from './export-menu.tsx';
import classes from './instance-audit-page.module.css';
import { VerifyPanel } from './verify-panel.tsx';

interface InstanceAuditPageProps {
  user: CurrentUser;
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
}

/** For operators: what happened to what belongs to no organization. */
export function InstanceAuditPage({ user, filters, onFilter }: InstanceAuditPageProps) {
  return (
    <div className={classes.column}>
      <PageHeader
        title="Audit log of this Keyward"
        description="Every change of accounts and services, which belong to no organization. Each organization has a log of its own."
        action={<ExportMenu scope="instance" filters={filters} />}
      />
      <VerifyPanel scope="instance" />
      <AuditLog
        scope="instance"
        user={user}
        filters={filters}
        onFilter={onFilter}
        people={[]}
        nameTarget={(event, name) => <PlainTarget event={event} name={name} />}
      />
    </div>
  );
}
