import type { Key } from '@keyward/shared/keys';

/** What to do about a key whose exposed secret still belongs to it: how it stands, and the next steps. */
export function adviseExposed({ status, secrets }: Pick<Key, 'status' | 'secrets'>): {
  standing: string;
  advice: string;
} {
  const isRotating = secrets.length > 1;
  const rotate = isRotating
    ? 'Finish its rotation once its callers have the newer secret: that retires the exposed one'
    : 'Rotate it, give its callers the new secret, and finish the rotation: that retires the exposed one';
  switch (status) {
    case 'active':
      return {
        standing: 'The key was resumed with it, so whoever found it can call.',
        advice: `${rotate}. If nobody needs the key, revoke it.`,
      };
    case 'expired':
      return {
        standing: 'The key has expired, and stays suspended if it is given a later expiry.',
        advice: `Revoke it. If it is still needed: ${rotate.charAt(0).toLowerCase()}${rotate.slice(1)}.`,
      };
    default:
      return {
        standing: 'The key was suspended at once: every call with it is refused.',
        advice: `${rotate}. Then resume the key. If nobody needs it, revoke it.`,
      };
  }
}
