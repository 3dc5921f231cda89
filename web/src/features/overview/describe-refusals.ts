import type { Outcome } from '@keyward/shared/outcomes';
import { describeOutcome } from '../../lib/describe-outcome.ts';
import { formatShare } from '../../lib/format-share.ts';
import { formatCount } from '../../lib/format-time.ts';

/** What is refused most, as a sentence: `Refused most: over the limit, 412 of 530 refusals (77.7%).` */
export function describeRefusals(outcomes: readonly { outcome: Outcome; count: number }[]): string {
  const refusals = outcomes.filter(({ outcome }) => outcome !== 'VALID');
  const [most] = refusals.toSorted((one, other) => other.count - one.count);
  if (most === undefined) {
    return 'Every verification was accepted.';
  }
  const all = refusals.reduce((sum, { count }) => sum + count, 0);
  const why = describeOutcome[most.outcome].label.toLowerCase();
  if (refusals.length === 1) {
    return all === 1 ? `The one refusal: ${why}.` : `Every refusal was for one reason: ${why}.`;
  }
  const share = formatShare(most.count, all);
  return `Refused most: ${why}, ${formatCount(most.count)} of ${formatCount(all)} refusals (${share}).`;
}
