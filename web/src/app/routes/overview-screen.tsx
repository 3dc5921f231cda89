import { getRouteApi } from '@tanstack/react-router';
import { OverviewPage } from '../../features/overview/overview-page.tsx';
import { toOverviewView } from '../../features/overview/overview-view.ts';

const route = getRouteApi('/o/$organizationSlug/overview');

export function OverviewScreen() {
  const { days = 7 } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OverviewPage
      days={days}
      onDays={(next) =>
        void navigate({ search: toOverviewView(next), replace: true, resetScroll: false })
      }
    />
  );
}
