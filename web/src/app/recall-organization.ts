const name = 'keyward.organization';

// Storage may be forbidden. Then nothing is remembered, and nothing breaks.

/** The slug of the organization that was seen last in this browser, or null. */
export function recallOrganization(): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function rememberOrganization(slug: string): void {
  try {
    localStorage.setItem(name, slug);
  } catch {}
}
