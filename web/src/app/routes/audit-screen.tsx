import { getRouteApi } from '@tanstack/react-router';
import { AuditPage } from '../../features/audit/audit-page.tsx';

const route = getRouteApi('/o/$organizationSlug/audit');

export function AuditScreen() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <AuditPage
      filters={filters}
      onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
    />
  );
}
