import type { KeyStatus, SearchKeysInput } from '@keyward/shared/keys';
import type { Environment, KeyKind } from '@keyward/shared/service-profile';
import { type Attention, attentions, environments, kinds, statuses } from './labels.ts';

/** What the address bar says of the list of keys. */
export interface KeyFilters {
  q?: string;
  status?: KeyStatus;
  kind?: KeyKind;
  /** A slug. */
  service?: string;
  environment?: Environment;
  /** A member's id. */
  owner?: string;
  attention?: Attention;
}

/** Reads the filters from an address; what makes no sense is left out. */
export function readKeyFilters(search: Record<string, unknown>): KeyFilters {
  return withoutBlanks({
    q: textOf(search.q).slice(0, 100),
    status: statuses.find((one) => one === search.status),
    kind: kinds.find((one) => one === search.kind),
    service: textOf(search.service),
    environment: environments.find((one) => one === search.environment),
    owner: textOf(search.owner),
    attention: attentions.find((one) => one === search.attention),
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

type Filled<Type> = { [Name in keyof Type]?: Exclude<Type[Name], undefined> };

function withoutBlanks<Type extends object>(filters: Type): Filled<Type> {
  // Entries lose the types of their values; the filter is what Filled says.
  return Object.fromEntries(
    Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''),
  ) as Filled<Type>;
}

export const hasFilters = (filters: KeyFilters): boolean => Object.keys(filters).length > 0;

const attentionInputs: Record<Attention, Partial<SearchKeysInput>> = {
  exposed: { exposed: true },
  'unused-30': { unusedForDays: 30 },
  'unused-90': { unusedForDays: 90 },
  'never-used': { neverUsed: true },
  'never-used-7': { neverUsed: true, createdBeforeDays: 7 },
  expiring: { expiringWithinDays: 14 },
  refused: { refusedALot: true },
  'over-privileged': { overPrivileged: true },
};

/** The filters as the list of keys takes them. */
export function toSearchInput({
  owner,
  attention,
  ...plain
}: KeyFilters): Omit<SearchKeysInput, 'limit'> {
  return {
    ...plain,
    ...(owner !== undefined && { ownerId: owner }),
    ...(attention !== undefined && attentionInputs[attention]),
  };
}
