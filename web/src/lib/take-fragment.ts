/**
 * What stands behind the # of the address, such as a token: taken out of it, where a screenshot would show
 * it and the history keep it. Null where nothing does.
 */
export function takeFragment(): string | null {
  const fragment = window.location.hash.slice(1);
  if (fragment === '') {
    return null;
  }
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search);
  return fragment;
}
