import { formatCount, formatRelativeTime } from '../../lib/format-time.ts';
import type { Tone } from '../../ui/status-mark.tsx';
import type { ReviewItem } from './review-item.ts';

/** Why this key comes up now: a word, and a sentence on what it rests on. */
export interface ReviewReasonText {
  tone: Tone;
  label: string;
  sentence: string;
}

export function describeReason(item: ReviewItem): ReviewReasonText {
  const { key, because, reviewedAt, unusedPermissions } = item;
  switch (because) {
    case 'overPrivileged':
      return {
        tone: 'warn',
        label: 'Holds more than it uses',
        sentence: `It is in use, and made full use of ${countPermissions(key.permissions.length - unusedPermissions.length, key.permissions.length)} in the last 30 days.`,
      };
    case 'unused':
      return {
        tone: 'warn',
        label: 'Unused',
        sentence: `Nothing has called with it since it was last used ${relative(key.usage.lastUsedAt)}.`,
      };
    case 'neverUsed':
      return {
        tone: 'warn',
        label: 'Never used',
        sentence: `It was created ${relative(key.createdAt)}, and nothing has called with it since.`,
      };
    case 'noExpiry':
      return {
        tone: 'quiet',
        label: 'Never expires',
        sentence: 'It works until somebody ends it, so somebody should ask from time to time.',
      };
    case 'due':
      return {
        tone: 'quiet',
        label: 'Due',
        sentence:
          reviewedAt === null
            ? 'Nobody has reviewed it yet.'
            : `It was last reviewed ${relative(reviewedAt)}.`,
      };
  }
}

function countPermissions(used: number, all: number): string {
  const count = used === 0 ? 'none' : `only ${formatCount(used)}`;
  return `${count} of its ${all === 1 ? 'one permission' : `${formatCount(all)} permissions`}`;
}

const relative = (time: string | null): string => (time === null ? '' : formatRelativeTime(time));
