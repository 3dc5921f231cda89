import type { UpdateKeyInput } from '@keyward/shared/keys';
import { splitIssues } from '../../../lib/split-issues.ts';
import type { KeyEdits } from './key-edits.ts';
import { readMetadata } from './metadata-rows.ts';

const fields = ['name', 'tier', 'rateLimit', 'expiresAt', 'externalId', 'metadata'];

interface Issue {
  path: string | readonly PropertyKey[];
  message: string;
}

/** What is wrong with the edits, by field. Should the contract not arrive, the server still decides. */
export async function findErrors(
  changes: UpdateKeyInput,
  edits: KeyEdits,
): Promise<Record<string, string>> {
  const { error } = readMetadata(edits.metadata);
  const { rateLimit, expiresAt } = changes;
  const isNoNumber =
    typeof rateLimit === 'object' && rateLimit !== null && Number.isNaN(rateLimit.limit);
  const contract = await import('@keyward/shared/keys').catch(() => null);
  const parsed = contract?.updateKeyByIdInput.shape.changes.safeParse(changes);
  return {
    ...(parsed?.success === false && toFieldErrors(parsed.error.issues)),
    // What the contract would say of an empty field is no help to whoever left it so.
    ...(isNoNumber && { rateLimit: 'Write a whole number of requests.' }),
    ...(expiresAt === '' && { expiresAt: 'Choose a day that is still to come.' }),
    ...(error !== null && { metadata: error }),
  };
}

/** What the contract or the server finds wrong, by the field of the form that it concerns. */
export function toFieldErrors(issues: readonly Issue[]): Record<string, string> {
  const named = issues.map(({ path, message }) => ({
    path: (typeof path === 'string' ? path : path.map(String).join('.')).replace(/^changes\./, ''),
    message,
  }));
  return splitIssues(named, fields).byField;
}
