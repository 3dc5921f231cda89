import type { TierDraft } from './profile-draft.ts';

const longest = 32;

/** A prefix for keys of a service: `short_links_live_`. Empty while there is no slug. */
function suggestPrefix(slug: string, ending: string): string {
  const body = slug
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[0-9_]+/, '')
    .slice(0, longest - ending.length)
    .replace(/_$/, '');
  return body === '' ? '' : `${body}${ending}`;
}

/** Prefixes that nobody has written follow the slug. */
export function suggestPrefixes(
  tiers: readonly TierDraft[],
  before: string,
  after: string,
): TierDraft[] {
  const follow = (prefix: string, ending: string) =>
    prefix === suggestPrefix(before, ending) ? suggestPrefix(after, ending) : prefix;
  const [first, ...others] = tiers;
  return first === undefined
    ? []
    : [
        {
          ...first,
          prefixes: {
            live: follow(first.prefixes.live, '_live_'),
            test: follow(first.prefixes.test, '_test_'),
          },
        },
        ...others,
      ];
}
