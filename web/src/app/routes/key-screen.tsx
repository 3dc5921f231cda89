import { getRouteApi } from '@tanstack/react-router';
import { KeyPage } from '../../features/keys/key-page.tsx';

const route = getRouteApi('/o/$organizationSlug/keys/$keyId');

export function KeyScreen() {
  const { keyId } = route.useParams();
  return <KeyPage keyId={keyId} />;
}
