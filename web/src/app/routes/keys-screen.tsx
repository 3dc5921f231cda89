import { getRouteApi } from '@tanstack/react-router';
import { readKeyFilters } from '../../features/keys/key-filters.ts';
import { KeysPage } from '../../features/keys/keys-page.tsx';

const route = getRouteApi('/o/$organizationSlug/keys');

export function KeysScreen() {
  const filters = readKeyFilters({ ...route.useSearch() });
  const navigate = route.useNavigate();
  return (
    <KeysPage
      filters={filters}
      onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
    />
  );
}
