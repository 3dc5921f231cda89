import { notFound, type ParsedLocation, redirect } from '@tanstack/react-router';
import type { Membership } from '../../lib/membership.ts';
import type { ConsoleContext } from './root-route.ts';

// Long enough that moving between pages asks nothing, short enough to notice a lost membership.
const staleTime = 30_000;

export const findSession = ({ account }: ConsoleContext) =>
  account.utils.account.session.fetch(undefined, { staleTime });

export const listOrganizations = ({ account }: ConsoleContext) =>
  account.utils.organizations.list.fetch(undefined, { staleTime });

/** Sends a stranger to the sign-in page, which knows the way back. */
export async function requireUser(context: ConsoleContext, location: ParsedLocation) {
  const { user, isFresh } = await findSession(context);
  if (user === null) {
    const search = location.href === '/' ? {} : { returnTo: location.href };
    throw isFresh
      ? redirect({ to: '/sign-up', replace: true })
      : redirect({ to: '/sign-in', search, replace: true });
  }
  return user;
}

/** The membership that the address speaks of; to anybody else the organization does not exist. */
export async function requireMembership(
  context: ConsoleContext,
  location: ParsedLocation,
  organizationSlug: string,
): Promise<Membership> {
  const user = await requireUser(context, location);
  const organizations = await listOrganizations(context);
  const found = organizations.find(({ slug }) => slug === organizationSlug);
  if (found === undefined) {
    throw notFound();
  }
  const { role, ...organization } = found;
  return { user, organization, role };
}
