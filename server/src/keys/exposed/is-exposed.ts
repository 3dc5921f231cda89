import { type SQL, sql } from 'drizzle-orm';
import { keyExposures } from '../../database/schema/exposures.ts';
import { keySecrets, keys } from '../../database/schema/keys.ts';
import { isLive } from '../live-secrets.ts';

/** Whether a secret that was found in the open still belongs to the key, suspended or not. */
export const isExposed: SQL = sql`${keys.id} in (
  select ${keyExposures.keyId} from ${keyExposures}
    join ${keySecrets} on ${keySecrets.id} = ${keyExposures.secretId}
  where ${isLive})`;
