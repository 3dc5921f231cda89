import type { Key } from '@keyward/shared/keys';
import { Skeleton } from '@mantine/core';
import { toFailure } from '../../lib/failure.ts';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ForAdmins } from '../../ui/for-admins.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ReviewDone } from './review-done.tsx';
import { ReviewProgress } from './review-progress.tsx';
import { ReviewedKey } from './reviewed-key.tsx';
import { useReview } from './use-review.ts';

interface ReviewPageProps {
  /** The key to begin with. */
  first: string | undefined;
  onNarrow: (keyId: string) => void;
  onRevoke: (key: Key) => void;
}

/** One key after the other: is it still needed? */
export function ReviewPage(props: ReviewPageProps) {
  const membership = useMembership();
  return (
    <>
      <PageHeader
        title="Review"
        description="One key after the other, the neediest first: is it still needed?"
      />
      {isAdmin(membership) ? <Review {...props} /> : <ForAdmins what="review its keys" />}
    </>
  );
}

function Review({ first, onNarrow, onRevoke }: ReviewPageProps) {
  const { pages, current, isWaiting, progress, skipped, keep, skip, unskip } = useReview(first);
  return (
    <>
      {progress !== null && progress.total > 0 && <ReviewProgress {...progress} />}
      {pages.isError && (
        <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {isWaiting && (
        <>
          <span role="status" className="visually-hidden">
            Loading the next key
          </span>
          <Skeleton height={520} radius="lg" />
        </>
      )}
      {current !== null && (
        <ReviewedKey
          item={current}
          onKeep={() => keep(current.key.id)}
          onNarrow={() => onNarrow(current.key.id)}
          onRevoke={() => onRevoke(current.key)}
          onSkip={() => skip(current.key.id)}
        />
      )}
      {current === null && !isWaiting && progress !== null && (
        <ReviewDone {...progress} skipped={skipped} onUnskip={unskip} />
      )}
    </>
  );
}
