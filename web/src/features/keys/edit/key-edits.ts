import type { Key, UpdateKeyInput } from '@keyward/shared/keys';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import { type MetadataRow, readMetadata, toRows } from './metadata-rows.ts';

/** Where the limit of a key comes from: its tier, itself, or there is none. */
export type LimitWay = 'tier' | 'own' | 'none';

/** When it ends: as it did, so many days from now, after a day, or never. */
export const expiryWays = ['keep', '30', '90', '365', 'date', 'never'] as const;
export type ExpiryWay = (typeof expiryWays)[number];

/** A key as it stands in the form. */
export interface KeyEdits {
  name: string;
  tier: string;
  limitWay: LimitWay;
  limit: string;
  windowSeconds: string;
  expiryWay: ExpiryWay;
  /** `2027-02-19`, for an expiry on a date. */
  lastDay: string;
  externalId: string;
  metadata: MetadataRow[];
}

type Limits = Pick<ServiceProfile, 'tiers'>;

export function startEdits(key: Key, service: Limits): KeyEdits {
  return {
    name: key.name,
    tier: key.tier,
    limitWay: limitWayOf(key, service),
    limit: String(key.rateLimit?.limit ?? ''),
    windowSeconds: String(key.rateLimit?.windowSeconds ?? 3_600),
    expiryWay: 'keep',
    lastDay: '',
    externalId: key.externalId ?? '',
    metadata: toRows(key.metadata),
  };
}

/** A limit of its own that equals the tier's is taken for the tier's: it admits the same. */
function limitWayOf({ tier, rateLimit }: Key, { tiers }: Limits): LimitWay {
  const usual = tiers.find((one) => one.name === tier)?.rateLimit ?? null;
  if (rateLimit?.limit === usual?.limit && rateLimit?.windowSeconds === usual?.windowSeconds) {
    return 'tier';
  }
  return rateLimit === null ? 'none' : 'own';
}

/** What of a key the form changes, and nothing else: what others change meanwhile stays. */
export function changesOf(key: Key, start: KeyEdits, edits: KeyEdits): UpdateKeyInput {
  const name = edits.name.trim();
  const externalId = edits.externalId.trim() === '' ? null : edits.externalId.trim();
  const metadata = readMetadata(edits.metadata).value;
  return {
    ...(name !== key.name && { name }),
    ...(edits.tier !== key.tier && { tier: edits.tier }),
    ...changedLimit(start, edits),
    ...(edits.expiryWay !== 'keep' && { expiresAt: expiryOf(edits) }),
    ...(externalId !== key.externalId && { externalId }),
    ...(JSON.stringify(metadata) !== JSON.stringify(key.metadata) && { metadata }),
  };
}

function changedLimit(start: KeyEdits, edits: KeyEdits): Pick<UpdateKeyInput, 'rateLimit'> {
  const { limitWay, limit, windowSeconds } = edits;
  if (limitWay === 'own') {
    const isSame =
      start.limitWay === 'own' && start.limit === limit && start.windowSeconds === windowSeconds;
    const rule = { limit: toNumber(limit), windowSeconds: Number(windowSeconds) };
    return isSame ? {} : { rateLimit: rule };
  }
  const isSame = start.limitWay === limitWay && start.tier === edits.tier;
  return isSame ? {} : { rateLimit: limitWay === 'tier' ? 'tier' : null };
}

// Number('') is 0, and what is no number is to be refused by the contract in its own words.
const toNumber = (text: string): number =>
  /^\d+$/.test(text.replaceAll(/[\s,]/g, '')) ? Number(text.replaceAll(/[\s,]/g, '')) : Number.NaN;

/** When the key is to end, in ISO 8601; null for never, empty while no day is chosen. */
export function expiryOf({ expiryWay, lastDay }: KeyEdits): string | null {
  if (expiryWay === 'never') {
    return null;
  }
  const end =
    expiryWay === 'date'
      ? // The last second of that day in the reader's zone.
        new Date(`${lastDay}T23:59:59`)
      : new Date(Date.now() + Number(expiryWay) * 86_400_000);
  return Number.isNaN(end.getTime()) ? '' : end.toISOString();
}
