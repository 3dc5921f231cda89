import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRevokeDialog } from '../../features/keys/use-revoke-dialog.tsx';
import { ReviewPage } from '../../features/review/review-page.tsx';

const route = getRouteApi('/o/$organizationSlug/review');

/** The review with the dialog that revokes a key, and its way to the permissions of one. */
export function ReviewScreen() {
  const { organizationSlug } = route.useParams();
  const { key } = route.useSearch();
  const navigate = useNavigate();
  const { askToRevoke, dialog } = useRevokeDialog();
  const narrow = async (keyId: string) => {
    // The browser's own way back leads to the same key.
    await navigate({
      to: '/o/$organizationSlug/review',
      params: { organizationSlug },
      search: { key: keyId },
      replace: true,
    });
    await navigate({
      to: '/o/$organizationSlug/keys/$keyId/permissions',
      params: { organizationSlug, keyId },
      search: { from: 'review' },
    });
  };
  return (
    <>
      <ReviewPage first={key} onNarrow={(keyId) => void narrow(keyId)} onRevoke={askToRevoke} />
      {dialog}
    </>
  );
}
