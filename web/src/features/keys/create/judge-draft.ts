import { findBreaches } from '@keyward/shared/find-breaches';
import type { Guardrails } from '@keyward/shared/guardrails';
import type { createKeyOfKindInput } from '@keyward/shared/keys';
import type { z } from 'zod';
import type { KeyDraft } from './key-draft.ts';
import { expiryOf } from './lifetimes.ts';
import { toCreateInput } from './to-create-input.ts';

export interface DraftIssue {
  path: string | readonly PropertyKey[];
  message: string;
}

export type CreateInput = z.input<typeof createKeyOfKindInput>;

/** The contract, which is fetched while the form is filled: the page is lighter without it. */
export const loadContract = async () => (await import('@keyward/shared/keys')).createKeyOfKindInput;

/** Where a draft does not comply with the organization's rules, as far as it is filled. */
export function findDraftBreaches(draft: KeyDraft, rules: Guardrails): DraftIssue[] {
  const expiresAt = expiryOf(draft.lifetime, draft.lastDay);
  const createdAt = new Date();
  return findBreaches(rules, {
    permissions: draft.permissions,
    ipAllowlist: toCreateInput(draft).ipAllowlist,
    createdAt,
    // While no day is chosen, that is what is wrong, and not how far off it is.
    expiresAt: expiresAt === undefined ? createdAt : expiresAt,
  });
}

export interface JudgedDraft {
  /** All that is known to be wrong before it is sent. */
  issues: DraftIssue[];
  input: CreateInput;
}

/** A draft as it would be sent, and what is wrong with it. Should the contract not arrive, the server decides. */
export async function judgeDraft(draft: KeyDraft, rules: Guardrails): Promise<JudgedDraft> {
  // What is typed has no type until it is parsed, here or by the server.
  const input = toCreateInput(draft) as CreateInput;
  const contract = await loadContract().catch(() => null);
  const issues = contract?.safeParse(input).error?.issues ?? [];
  return { input, issues: [...issues, ...findDraftBreaches(draft, rules)] };
}
