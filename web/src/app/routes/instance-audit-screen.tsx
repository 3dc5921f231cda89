import { getRouteApi } from '@tanstack/react-router';
import { InstanceAuditPage } from '../../features/audit/instance-audit-page.tsx';
import { AccountFrame } from '../account-frame.tsx';

const route = getRouteApi('/audit');

export function InstanceAuditScreen() {
  const { user } = route.useRouteContext();
  const filters = route.useSearch();
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
