import type { Service } from '@keyward/shared/services';

/** The service of this slug; without one, the first that is not Keyward's own. */
export function chooseService(services: readonly Service[], slug: string | undefined): Service {
  const found =
    services.find((service) => service.slug === slug) ??
    services.find((service) => service.slug !== 'keyward') ??
    services[0];
  if (found === undefined) {
    throw new Error('The form needs at least one service.');
  }
  return found;
}
