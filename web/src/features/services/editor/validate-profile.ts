import type { ServiceProfile } from '@keyward/shared/service-profile';
import type { z } from 'zod';

export interface ProfileIssue {
  path: string;
  message: string;
}

// Where a number is asked for, the contract speaks of types; a person wants to know what to write.
const wholeNumber = 'Write a whole number, 1 or more.';
const things = new Map<string, string>([
  ['string', 'text'],
  ['array', 'a list'],
  ['object', 'an object'],
]);
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
  return { profile: null, issues: error.issues.map(describeIssue) };
}

function describeIssue(issue: z.core.$ZodIssue): ProfileIssue {
  const path = issue.path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return {
        path: [...issue.path, issue.keys[0]].join('.'),
        message: 'A profile has no such field.',
      };
    case 'too_small':
      return numberFields.test(path)
        ? { path, message: wholeNumber }
        : { path, message: issue.message };
    case 'invalid_type':
      return { path, message: describeType(path, issue) };
    default:
      return { path, message: issue.message };
  }
}

function describeType(path: string, { message, expected }: z.core.$ZodIssueInvalidType): string {
  if (numberFields.test(path)) {
    return wholeNumber;
  }
  return message.endsWith('received undefined')
    ? 'This field is missing.'
    : `Write ${things.get(expected) ?? 'something else'} here.`;
}
