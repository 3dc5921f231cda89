import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { Organization, Role } from '@keyward/shared/organizations';
import type { inferRouterOutputs } from '@trpc/server';
import { createContext, useContext } from 'react';

type Outputs = inferRouterOutputs<AppRouter>;

/** The person who is signed in. */
export type CurrentUser = NonNullable<Outputs['account']['session']['user']>;

/** Who looks at which organization, and as what. */
export interface Membership {
  user: CurrentUser;
  organization: Organization;
  /** Null for an operator who is no member. */
  role: Role | null;
}

export const MembershipContext = createContext<Membership | null>(null);

export function useMembership(): Membership {
  const membership = useContext(MembershipContext);
  if (membership === null) {
    throw new Error('Only pages within an organization have a membership.');
  }
  return membership;
}

/** Owners, admins and operators manage an organization; the server decides by the same rule. */
export function isAdmin({ user, role }: Membership): boolean {
  return user.isOperator || role === 'owner' || role === 'admin';
}
