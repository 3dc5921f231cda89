import { compareProfiles } from '@keyward/shared/profile-changes/compare-profiles';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import type { Service, ServiceKeyCounts } from '@keyward/shared/services';
import { describeRateLimit } from '../../lib/describe-rate-limit.ts';
import { describeDuration } from '../../lib/duration.ts';

export const describeLifetime = (seconds: number | null): string =>
  seconds === null ? 'No expiry' : describeDuration(seconds);

/** What differs between two profiles, in the words of the console. */
export const describeChanges = (
  before: ServiceProfile,
  after: ServiceProfile,
  counts?: ServiceKeyCounts,
) =>
  compareProfiles(before, after, {
    counts,
    describeLimit: describeRateLimit,
    describeLifetime,
  });

/** The profile of a service, without what the catalog knows of it beside. */
export function profileOf({
  id: _id,
  status: _status,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  ...profile
}: Service): ServiceProfile {
  return profile;
}
