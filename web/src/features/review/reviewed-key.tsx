import { type Decisions, ReviewActions } from './review-actions.tsx';
import { ReviewCard } from './review-card.tsx';
import type { ReviewItem } from './review-item.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** A key and what can be decided of it: by buttons, and by letters while the focus is in here. */
export function ReviewedKey({ item, ...decisions }: { item: ReviewItem } & Decisions) {
  const { onKeep, onNarrow, onRevoke, onSkip } = decisions;
  const holdsNothing = item.key.permissions.length === 0;
  const within = useShortcuts<HTMLDivElement>({
    k: onKeep,
    n: holdsNothing ? undefined : onNarrow,
    r: onRevoke,
    s: onSkip,
  });
  return (
    <div ref={within}>
      <ReviewCard item={item} />
      <ReviewActions holdsNothing={holdsNothing} {...decisions} />
    </div>
  );
}
