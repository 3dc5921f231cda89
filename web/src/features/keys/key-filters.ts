import type { KeyStatus } from '@keyward/shared/keys';
import type { KeyKind } from '@keyward/shared/service-profile';
import { kinds, statuses } from './labels.ts';

/** What the address bar says of the list of keys. */
export interface KeyFilters {
  q?: string;
  status?: KeyStatus;
  kind?: KeyKind;
  /** A slug. */
  service?: string;
}

/** Reads the filters from an address; what makes no sense is left out. */
export function readKeyFilters(search: Record<string, unknown>): KeyFilters {
  const q = typeof search.q === 'string' ? search.q.trim().slice(0, 100) : '';
  const status = statuses.find((one) => one === search.status);
  const kind = kinds.find((one) => one === search.kind);
  const service = typeof search.service === 'string' ? search.service : '';
  return {
    ...(q !== '' && { q }),
    ...(status !== undefined && { status }),
    ...(kind !== undefined && { kind }),
    ...(service !== '' && { service }),
  };
}

export const hasFilters = (filters: KeyFilters): boolean => Object.keys(filters).length > 0;
