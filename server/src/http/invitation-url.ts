/** Where the link of an invitation leads. In the fragment, so that no server's log keeps the token. */
export function invitationUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/join#${token}`;
}
