import type { ServiceProfile } from '@keyward/shared/service-profile';

export interface ProfileIssue {
  path: string;
  message: string;
}

// Where a number is asked for, the contract speaks of types; a person wants to know what to write.
const numberFields = /(^|\.)(limit|windowSeconds|expiresInSeconds|userKeysPerMember)$/;

/** What the contract finds wrong with a profile, by its path. The contract is fetched when it is first needed. */
export async function validateProfile(
  candidate: unknown,
): Promise<{ profile: ServiceProfile | null; issues: ProfileIssue[] }> {
  const { serviceProfile } = await import('@keyward/shared/service-profile');
  const { success, data, error } = serviceProfile.safeParse(candidate);
  if (success) {
    return { profile: data, issues: [] };
  }
  const issues = error.issues.map(({ path, message, code, ...issue }) => {
    const at = path.join('.');
    const isNumber = numberFields.test(at) && (code === 'invalid_type' || code === 'too_small');
    const unknown = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys[0] : undefined;
    return {
      path: unknown === undefined ? at : [...path, unknown].join('.'),
      message: isNumber
        ? 'Write a whole number, 1 or more.'
        : unknown === undefined
          ? message
          : 'A profile has no such field.',
    };
  });
  return { profile: null, issues };
}
