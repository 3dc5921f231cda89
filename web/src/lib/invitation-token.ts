let held: string | null = null;

/**
 * The token of the invitation that the address led here with. It is taken out of the address, where a
 * screenshot would show it, and held in memory so that signing in on the way does not lose it.
 */
export function takeInvitationToken(): string | null {
  const token = window.location.hash.slice(1);
  if (token !== '') {
    held = token;
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }
  return held;
}
