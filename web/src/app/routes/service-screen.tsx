import { getRouteApi } from '@tanstack/react-router';
import { EditServicePage } from '../../features/services/editor/edit-service-page.tsx';

const route = getRouteApi('/o/$organizationSlug/services/$serviceSlug');

export function ServiceScreen() {
  const { serviceSlug } = route.useParams();
  return <EditServicePage slug={serviceSlug} />;
}
