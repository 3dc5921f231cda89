import { notFound, type ParsedLocation, redirect } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import type { CurrentUser, Membership } from '../../lib/membership.ts';
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

/** For pages of the instance, which for anybody but an operator do not exist. */
export async function requireOperator(context: ConsoleContext, location: ParsedLocation) {
  const user = await requireUser(context, location);
  if (!user.isOperator) {
    throw notFound();
  }
  return user;
}

/** Whether there is any organization on this Keyward. For operators. */
export const hasOrganizations = async ({ account }: ConsoleContext): Promise<boolean> =>
  (await account.utils.organizations.listAll.fetch({ limit: 1 })).data.length > 0;

/**
 * The membership that the address speaks of; an operator enters any organization without one. To
 * anybody else the organization does not exist.
 */
export async function requireMembership(
  context: ConsoleContext,
  location: ParsedLocation,
  organizationSlug: string,
): Promise<Membership> {
  const user = await requireUser(context, location);
  const organizations = await listOrganizations(context);
  const found =
    organizations.find(({ slug }) => slug === organizationSlug) ??
    (await enterAsOperator(context, user, organizationSlug));
  const { role, requiresSecondFactor, ...organization } = found;
  const { hasSecondFactor } = await findSession(context);
  if (requiresSecondFactor && !hasSecondFactor) {
    throw redirect({ to: '/account', search: { demandedBy: organizationSlug }, replace: true });
  }
  return { user, organization, role };
}

async function enterAsOperator(context: ConsoleContext, user: CurrentUser, slug: string) {
  if (!user.isOperator) {
    throw notFound();
  }
  return { ...(await getOrganization(context, slug)), role: null };
}

/** The organization that asks for a second factor; null where none that one may enter does. */
export async function findDemanding(
  context: ConsoleContext,
  { isOperator }: CurrentUser,
  slug: string | undefined,
): Promise<{ name: string; slug: string } | null> {
  if (slug === undefined) {
    return null;
  }
  const own = (await listOrganizations(context)).find((one) => one.slug === slug);
  if (own !== undefined || !isOperator) {
    return own ?? null;
  }
  return getOrganization(context, slug).catch(() => null);
}

async function getOrganization({ account }: ConsoleContext, slug: string) {
  try {
    return await account.utils.organizations.get.fetch({ slug }, { staleTime });
  } catch (error) {
    const { code } = toFailure(error);
    // What is no slug is no organization either.
    throw code === 'not_found' || code === 'invalid_request' ? notFound() : error;
  }
}
