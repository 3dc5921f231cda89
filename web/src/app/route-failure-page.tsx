import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { toFailure } from '../lib/failure.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { LonePage } from './lone-page.tsx';

/** Where a page could not be made: what went wrong, and another try. */
export function RouteFailurePage({ error }: ErrorComponentProps) {
  const router = useRouter();
  const failure = toFailure(error);
  // The way to the sign-in page has been taken already.
  if (failure.code === 'not_signed_in') {
    return null;
  }
  return (
    <LonePage>
      <PageHeader title="This page could not be shown" />
      <FailureNotice failure={failure} onRetry={() => void router.invalidate()} />
    </LonePage>
  );
}
