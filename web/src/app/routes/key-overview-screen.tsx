import { getRouteApi } from '@tanstack/react-router';
import { KeyOverview } from '../../features/keys/overview/key-overview.tsx';
import { readUsageView } from '../../features/keys/usage-range.ts';

const route = getRouteApi('/o/$organizationSlug/keys/$keyId/');

export function KeyOverviewScreen() {
  const view = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <KeyOverview
      view={view}
      onRange={(range) =>
        void navigate({ search: readUsageView({ range }), replace: true, resetScroll: false })
      }
    />
  );
}
