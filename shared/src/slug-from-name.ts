/**
 * A slug from a name: letters without their accents, digits, hyphens between. Empty when the name yields
 * none, as one in another script does. It imports nothing, so that the console can have it for nothing.
 */
export function slugFromName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 48)
    .replace(/-$/, '');
  return slug.length < 2 ? '' : slug;
}
