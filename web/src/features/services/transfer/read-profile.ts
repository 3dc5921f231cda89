import type { ServiceProfile } from '@keyward/shared/service-profile';
import { type ProfileIssue, validateProfile } from '../editor/validate-profile.ts';

// What the API answers beside the profile of a service.
const besideTheProfile = new Set(['id', 'status', 'createdAt', 'updatedAt']);

/** A profile from JSON text: as it was exported, or as the API answers it. */
export async function readProfile(
  text: string,
): Promise<{ profile: ServiceProfile | null; issues: ProfileIssue[] }> {
  const refuse = (message: string) => ({ profile: null, issues: [{ path: '', message }] });
  if (text.trim() === '') {
    return refuse('Choose a file, or paste a profile.');
  }
  const value = parse(text);
  if (value instanceof SyntaxError) {
    return refuse(`This is no JSON: ${value.message}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('A profile is a JSON object.');
  }
  const known = Object.entries(value).filter(([name]) => !besideTheProfile.has(name));
  return validateProfile(Object.fromEntries(known));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
