import { getRouteApi } from '@tanstack/react-router';
import { readAuditFilters } from '../../features/audit/audit-filters.ts';
import { AuditPage } from '../../features/audit/audit-page.tsx';

const route = getRouteApi('/o/$organizationSlug/audit');

export function AuditScreen() {
  const filters = readAuditFilters(route.useSearch());
  const navigate = route.useNavigate();
  return (
    <AuditPage
      filters={filters}
      onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
    />
  );
}
