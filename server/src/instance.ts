import type { KeyObject } from 'node:crypto';
import type { SignUpPolicy } from './accounts/create-account.ts';
import type { Provider } from './accounts/provider/provider.ts';
import type { Mailing } from './database/queue-mail.ts';
import type { CatalogMemory } from './services/know-catalog.ts';
import type { Verifier } from './verification/verify-key.ts';

/** What both faces stand on: the parts of a running Keyward. */
export interface Instance extends Verifier {
  catalog: CatalogMemory;
  /** Where this Keyward is reached, without a slash at its end. */
  publicUrl: string;
  /** Whether the console is served on https, and its cookies go there alone. */
  secureCookies: boolean;
  trustedProxies: readonly string[];
  /** Where webhooks may go although it is no public address. */
  webhookRanges: readonly string[];
  /** By which GitHub signs its reports of exposed keys, by their identifiers. */
  githubKeys: ReadonlyMap<string, KeyObject>;
  signUp: SignUpPolicy;
  /** Who signs people in by OpenID Connect; null for nobody. */
  provider: Provider | null;
  /** Null where no mail is sent. */
  mailing: Mailing | null;
}
