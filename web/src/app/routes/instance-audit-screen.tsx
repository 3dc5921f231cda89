import { getRouteApi } from '@tanstack/react-router';
import { readAuditFilters } from '../../features/audit/audit-filters.ts';
import { InstanceAuditPage } from '../../features/audit/instance-audit-page.tsx';
import { AccountFrame } from '../account-frame.tsx';

const route = getRouteApi('/audit');

export function InstanceAuditScreen() {
  const { user } = route.useRouteContext();
  const filters = readAuditFilters(route.useSearch());
  const navigate = route.useNavigate();
  return (
    <AccountFrame user={user}>
      <InstanceAuditPage
        user={user}
        filters={filters}
        onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
      />
    </AccountFrame>
  );
}
