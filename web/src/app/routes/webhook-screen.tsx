import { getRouteApi } from '@tanstack/react-router';
import { WebhookPage } from '../../features/webhooks/detail/webhook-page.tsx';

const route = getRouteApi('/o/$organizationSlug/webhooks/$webhookId');

export function WebhookScreen() {
  const { webhookId } = route.useParams();
  const { log = 'all' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <WebhookPage
      key={webhookId}
      webhookId={webhookId}
      filter={log}
      onFilter={(next) =>
        void navigate({
          search: next === 'all' ? {} : { log: next },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
