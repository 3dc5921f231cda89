import { Anchor } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { formatCount } from '../../../lib/format-time.ts';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import type { Member } from '../member.ts';
import classes from './member-pieces.module.css';

/** How many live keys a member has, and the way to them for whoever may see them. */
export function MemberKeys({ member: { userId, name, keys } }: { member: Member }) {
  const membership = useMembership();
  const router = useRouter();
  const words = keys === 1 ? '1 key' : `${formatCount(keys)} keys`;
  if (keys === 0) {
    return <span className={classes.none}>None</span>;
  }
  if (!isAdmin(membership) && userId !== membership.user.id) {
    return words;
  }
  const all = `/o/${membership.organization.slug}/keys`;
  // A member's own list holds nobody else's keys: there is nothing to filter.
  const href = isAdmin(membership) ? `${all}?owner=${userId}` : all;
  const follow = (event: MouseEvent) => {
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      router.history.push(href);
    }
  };
  return (
    <Anchor href={href} onClick={follow} inherit aria-label={`${words} of ${name}`}>
      {words}
    </Anchor>
  );
}
