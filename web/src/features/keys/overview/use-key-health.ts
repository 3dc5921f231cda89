import { judgeKeyHealth, type KeyHealth } from '@keyward/shared/key-health';
import type { Key } from '@keyward/shared/keys';
import { sumOutcomes } from '../../../lib/usage-rows.ts';
import { useExposures } from '../exposure/use-exposures.ts';
import { useKeyUsage } from '../use-key-usage.ts';

/** How a key is. Its refusals are those of seven days, whatever the page shows. */
export function useKeyHealth(key: Key): KeyHealth {
  const isExposed = useExposures([[key.id]]).liveOf(key.id).length > 0;
  const { usage } = useKeyUsage(key.id, '7d', 'day');
  if (usage === null) {
    return judgeKeyHealth(key, new Date(), undefined, isExposed);
  }
  const calls = { valid: 0, refused: 0 };
  for (const { outcome, count } of sumOutcomes(usage.buckets)) {
    calls[outcome === 'VALID' ? 'valid' : 'refused'] += count;
  }
  return judgeKeyHealth(key, usage.to, calls, isExposed);
}
