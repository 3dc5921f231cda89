import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;

/** 160 bits, as RFC 4226 advises, in base32. */
export function createAuthenticatorSecret(): string {
  return new Secret({ size: 20 }).base32;
}

const authenticatorOf = (secret: string, label: string) =>
  // What every app can: SHA-1, six digits, thirty seconds.
  new TOTP({ issuer: 'Keyward', label, secret, period: periodSeconds });

/** What an app reads, as a QR code or typed: otpauth://totp/… */
export function authenticatorUri(secret: string, email: string): string {
  return authenticatorOf(secret, email).toString();
}

/**
 * The time step (RFC 6238) that a code is of: the present one or one beside it, for clocks that differ
 * a little. Null for any other code. Pure.
 */
export function findStep(secret: string, code: string, now: Date): number | null {
  // The library compares bytes, and throws where there are more of them than it expects.
  if (!/^[0-9]{6}$/.test(code)) {
    return null;
  }
  const timestamp = now.getTime();
  const delta = authenticatorOf(secret, '').validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1000 / periodSeconds) + delta;
}
