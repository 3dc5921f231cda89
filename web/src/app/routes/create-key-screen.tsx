import { getRouteApi } from '@tanstack/react-router';
import { CreateKeyPage } from '../../features/keys/create/create-key-page.tsx';

const route = getRouteApi('/o/$organizationSlug/keys/new');

export function CreateKeyScreen() {
  const { service } = route.useSearch();
  return <CreateKeyPage askedService={service} />;
}
