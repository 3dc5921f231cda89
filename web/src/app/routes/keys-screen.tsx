import { getRouteApi } from '@tanstack/react-router';
import { KeysPage } from '../../features/keys/keys-page.tsx';

const route = getRouteApi('/o/$organizationSlug/keys');

export function KeysScreen() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <KeysPage
      filters={filters}
      onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
    />
  );
}
