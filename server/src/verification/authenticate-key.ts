import { DomainError } from '@keyward/shared/errors';
import { refusalErrors } from '@keyward/shared/outcomes';
import type { KeyActor } from '../context.ts';
import { effectivePermissions } from './key-facts.ts';
import { explainVerification, type Verdict, type Verifier, verifyKey } from './verify-key.ts';

interface PresentedKey {
  plaintextSecret: string;
  /** Of the client that sent it. */
  address: string | null;
}

/**
 * The actor behind a key that calls Keyward itself, or the refusal that its outcome means.
 * A call to Keyward is use, but no call of the API that the key's limit protects: it costs nothing.
 */
export async function authenticateKey(
  verifier: Verifier,
  { plaintextSecret, address }: PresentedKey,
): Promise<KeyActor> {
  const { facts } = requireValid(
    await verifyKey(verifier, {
      plaintextSecret,
      address,
      asker: 'own',
      service: null,
      permissions: [],
      cost: 0,
    }),
  );
  return {
    type: 'key',
    keyId: facts.id,
    name: facts.name,
    organizationId: facts.organization.id,
    userId: facts.owner?.id ?? null,
    permissions: effectivePermissions(facts),
    allOrganizations: facts.allOrganizations,
  };
}

/** A key's own view of itself, which consumes and counts nothing. */
export async function testKey(
  verifier: Pick<Verifier, 'database'>,
  { plaintextSecret, address }: PresentedKey,
): Promise<ValidVerdict> {
  return requireValid(
    await explainVerification(verifier, {
      plaintextSecret,
      address,
      asker: 'own',
      service: null,
      permissions: [],
      cost: 0,
    }),
  );
}

export type ValidVerdict = Verdict & { facts: NonNullable<Verdict['facts']> };

/** Refuses every verdict but VALID, with the error that its outcome means. */
export function requireValid(verdict: Verdict): ValidVerdict {
  const { outcome, facts } = verdict;
  if (outcome === 'VALID' && facts !== null) {
    return { ...verdict, facts };
  }
  const refusal = refusalErrors[outcome === 'VALID' ? 'NOT_FOUND' : outcome];
  throw new DomainError(refusal.code, refusal.detail);
}
