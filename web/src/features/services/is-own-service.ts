import type { Service } from '@keyward/shared/services';

/** Whether it is the one service that every Keyward has: its own API, which nobody changes. */
export const isOwnService = ({ slug }: Pick<Service, 'slug'>): boolean => slug === 'keyward';
