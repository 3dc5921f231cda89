/** What a link of an invitation leads to. */
export interface Invitation {
  email: string;
  role: string;
  organization: { name: string; slug: string };
}
