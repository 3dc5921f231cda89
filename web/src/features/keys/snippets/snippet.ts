import type { ServiceProfile } from '@keyward/shared/service-profile';

/** What a snippet is written for. */
export interface SnippetFacts {
  service: Pick<ServiceProfile, 'slug' | 'name' | 'header'>;
  /** Where this Keyward is reached, without a slash at its end. */
  publicUrl: string;
}

/** The environment variable that holds a key of a service: `SHORT_LINKS_API_KEY`. */
export function variableName({ slug }: Pick<ServiceProfile, 'slug'>): string {
  const name = slug.replace(/-(api|key|api-key)$/, '').replaceAll('-', '_');
  // No shell takes a name that begins with a digit.
  return `${/^\d/.test(name) ? '_' : ''}${name.toUpperCase()}_API_KEY`;
}
