import type { ServiceProfile } from '@keyward/shared/service-profile';

/** Which keys a service has, in plain words: `User keys, one per member, and bot keys`. */
export function describeKinds({
  kinds,
  userKeysPerMember,
}: Pick<ServiceProfile, 'kinds' | 'userKeysPerMember'>): string {
  if (!kinds.includes('user')) {
    return 'Bot keys';
  }
  const userKeys = `User keys, ${describeMost(userKeysPerMember)}`;
  return kinds.includes('bot') ? `${userKeys}, and bot keys` : userKeys;
}

function describeMost(userKeysPerMember: number | null): string {
  if (userKeysPerMember === null) {
    return 'any number per member';
  }
  return userKeysPerMember === 1 ? 'one per member' : `up to ${userKeysPerMember} per member`;
}
