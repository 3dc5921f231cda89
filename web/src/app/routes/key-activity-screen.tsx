import { getRouteApi } from '@tanstack/react-router';
import { KeyActivity } from '../../features/keys/activity/key-activity.tsx';
import { readUsageView } from '../../features/keys/usage-range.ts';

const route = getRouteApi('/o/$organizationSlug/keys/$keyId/activity');

export function KeyActivityScreen() {
  const view = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <KeyActivity
      view={view}
      onView={(changed) =>
        void navigate({ search: readUsageView(changed), replace: true, resetScroll: false })
      }
    />
  );
}
