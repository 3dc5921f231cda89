import type { GrantedResource } from './granted-use.ts';

/** How much of what is granted is in use: `5 granted: 2 used in the last 30 days, 3 never`. */
export function describeUse(granted: readonly GrantedResource[], since: string): string {
  const grants = granted.flatMap((resource) => resource.grants);
  const never = grants.filter(({ lastUsedOn }) => lastUsedOn === null).length;
  const lately = grants.filter(({ lastUsedOn }) => lastUsedOn !== null && lastUsedOn >= since);
  if (grants.length === 0) {
    return 'Nothing is granted.';
  }
  return `${grants.length} granted: ${lately.length} used in the last 30 days, ${never} never used.`;
}
