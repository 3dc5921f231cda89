import type { Outcome } from '@keyward/shared/outcomes';
import type { ExplainKeyInput, Gate } from '@keyward/shared/verification';
import { requireAdmin } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { explainVerification } from '../verification/verify-key.ts';

/**
 * Why a secret is accepted or refused: every gate, consuming and counting nothing. The admin pastes what
 * the caller sent, so the question is the caller's own.
 */
export async function explainKeyForAdmin(
  context: OrganizationContext,
  input: ExplainKeyInput,
): Promise<{ outcome: Outcome; keyId: string | null; gates: Gate[] }> {
  requireAdmin(context);
  const { outcome, facts, gates } = await explainVerification(context, {
    plaintextSecret: input.key,
    asker: { organizationId: context.organizationId, allOrganizations: false },
    service: input.service ?? null,
    address: input.ip ?? null,
    permissions: input.permissions,
    cost: input.cost,
  });
  return { outcome, keyId: facts?.id ?? null, gates };
}
