import type { ServiceProfile } from '@keyward/shared/service-profile';

/** How a call carries a key: `Authorization: Bearer <key>`. */
export function describeHeader({ header }: Pick<ServiceProfile, 'header'>): string {
  return `${header.name}: ${header.scheme === null ? '' : `${header.scheme} `}<key>`;
}
