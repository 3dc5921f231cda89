import { allowInsecureRequests, type Configuration, discovery } from 'openid-client';
import { isLoopback } from '../../addresses.ts';
import type { OidcSettings } from '../../config.ts';

/** A provider of OpenID Connect, to which this Keyward is known. */
export interface Provider extends OidcSettings {
  /** Where the provider sends browsers back to. */
  redirectUri: string;
  /** What it says of itself. Kept for an hour; throws where it cannot be reached. */
  discover(): Promise<Configuration>;
}

/**
 * Whether who signed in by this issuer can do so by the provider that is configured now. Microsoft's issuers
 * name the tenant, and an address of metadata names no issuer: of both only the origin is compared.
 */
export function isIssuerOf({ issuer: configured }: Pick<Provider, 'issuer'>, issuer: string) {
  const [ours, theirs] = [new URL(configured), new URL(issuer)];
  const isLoose =
    /(^|\.)(microsoftonline|b2clogin)\.com$/.test(ours.hostname) ||
    ours.pathname.includes('/.well-known/');
  return isLoose ? ours.origin === theirs.origin : ours.href === theirs.href;
}

const keptMilliseconds = 60 * 60 * 1000;
const timeoutSeconds = 8;

/** The path that the provider sends browsers back to. */
export const callbackPath = '/auth/callback';

export function openProvider(settings: OidcSettings, publicUrl: string): Provider {
  let known: { configuration: Promise<Configuration>; at: number } | null = null;
  const ask = () => {
    const issuer = new URL(settings.issuer);
    return discovery(issuer, settings.clientId, settings.clientSecret ?? undefined, undefined, {
      timeout: timeoutSeconds,
      // On the same machine alone, as the settings see to.
      execute: isLoopback(issuer) ? [allowInsecureRequests] : [],
    });
  };
  return {
    ...settings,
    redirectUri: publicUrl + callbackPath,
    async discover() {
      if (known === null || performance.now() - known.at > keptMilliseconds) {
        known = { configuration: ask(), at: performance.now() };
      }
      try {
        return await known.configuration;
      } catch (error) {
        // Whoever comes next asks anew.
        known = null;
        throw error;
      }
    },
  };
}
