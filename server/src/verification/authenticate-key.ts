import { DomainError } from '@keyward/shared/errors';
import { refusalErrors } from '@keyward/shared/outcomes';
import type { Permission } from '@keyward/shared/permissions';
import { after } from '../after.ts';
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
export function authenticateKey(
  verifier: Verifier,
  { plaintextSecret, address }: PresentedKey,
): KeyActor | Promise<KeyActor> {
  const verdict = verifyKey(verifier, {
    plaintextSecret,
    address,
    asker: 'own',
    service: null,
    permissions: nothing,
    cost: null,
  });
  return after(verdict, (judged) => {
    const { facts } = requireValid(judged);
    return {
      type: 'key',
      keyId: facts.id,
      name: facts.name,
      organizationId: facts.organization.id,
      userId: facts.owner?.id ?? null,
      permissions: effectivePermissions(facts),
      allOrganizations: facts.allOrganizations,
      exercise: (permission) =>
        verifier.usage.exercise({ keyId: facts.id, secretId: facts.secret.id, permission }),
    };
  });
}

const nothing: readonly Permission[] = [];

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
  const { outcome } = verdict;
  if (isValid(verdict)) {
    return verdict;
  }
  const refusal = refusalErrors[outcome === 'VALID' ? 'NOT_FOUND' : outcome];
  throw new DomainError(refusal.code, refusal.detail);
}

function isValid(verdict: Verdict): verdict is ValidVerdict {
  return verdict.outcome === 'VALID' && verdict.facts !== null;
}
