import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

/** The browser, or whoever sits at it, did not give a passkey. */
export class NoPasskey extends Error {}

export const canUsePasskeys = (): boolean => typeof window.PublicKeyCredential === 'function';

/** Has the browser make a passkey. What speaks to it is loaded when it is first needed. */
export async function makePasskey(optionsJSON: PublicKeyCredentialCreationOptionsJSON) {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const { id, rawId, type, response, authenticatorAttachment } = await startRegistration({
    optionsJSON,
  }).catch(refuse);
  return { ...attachment(authenticatorAttachment), ...only(id, rawId, type), response };
}

/** Has the browser sign with a passkey. */
export async function askPasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON) {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const { id, rawId, type, response, authenticatorAttachment } = await startAuthentication({
    optionsJSON,
  }).catch(refuse);
  return { ...attachment(authenticatorAttachment), ...only(id, rawId, type), response };
}

// Extensions may hold what is no JSON, and nothing of them is asked for.
const only = (id: string, rawId: string, type: 'public-key') => ({
  id,
  rawId,
  type,
  clientExtensionResults: {},
});

const attachment = (one: 'platform' | 'cross-platform' | undefined) =>
  one === undefined ? {} : { authenticatorAttachment: one };

function refuse(error: unknown): never {
  const { code, name } = error as { code?: string; name?: string };
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') {
    throw new NoPasskey('This device has a passkey for your account already.');
  }
  if (code === 'ERROR_INVALID_DOMAIN' || code === 'ERROR_INVALID_RP_ID') {
    throw new NoPasskey(
      'This address is not the one that passkeys are made for: open the usual one.',
    );
  }
  if (name === 'NotAllowedError' || name === 'AbortError' || code === 'ERROR_CEREMONY_ABORTED') {
    throw new NoPasskey('No passkey was given. Try again, and follow what your browser asks.');
  }
  throw new NoPasskey('Your browser could not use a passkey here. Try again, or another way.');
}
