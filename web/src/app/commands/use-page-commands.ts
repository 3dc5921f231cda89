import { IconBuilding, IconHistory, IconKey, IconListCheck, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { rooms } from '../rooms.ts';
import type { Command } from './command.ts';

/** Every page that one may go to, and what one may make. */
export function usePageCommands(): Command[] {
  const membership = useMembership();
  const navigate = useNavigate();
  const params = { organizationSlug: membership.organization.slug };
  const group = 'Go to';
  const pages = rooms
    .filter(({ isForAdmins }) => !isForAdmins || isAdmin(membership))
    .map(({ to, label, Icon }) => ({
      id: to,
      group,
      label,
      Icon,
      run: () => void navigate({ to, params }),
    }));
  const review = {
    id: 'review',
    group,
    label: 'Review of keys',
    Icon: IconListCheck,
    run: () => void navigate({ to: '/o/$organizationSlug/review', params }),
  };
  const organizations = {
    id: 'organizations',
    group,
    label: 'All organizations',
    Icon: IconBuilding,
    run: () => void navigate({ to: '/organizations' }),
  };
  const instanceAudit = {
    id: 'instance-audit',
    group,
    label: 'Audit log of accounts and services',
    Icon: IconHistory,
    run: () => void navigate({ to: '/audit' }),
  };
  const create = {
    id: 'create-key',
    group: 'Do',
    label: 'Create a key',
    Icon: IconPlus,
    run: () => void navigate({ to: '/o/$organizationSlug/keys/new', params }),
  };
  const attention = {
    id: 'expiring',
    group,
    label: 'Keys that expire within 14 days',
    Icon: IconKey,
    run: () =>
      void navigate({
        to: '/o/$organizationSlug/keys',
        params,
        search: { attention: 'expiring', status: 'active' },
      }),
  };
  return [
    create,
    ...pages,
    ...(isAdmin(membership) ? [review] : []),
    attention,
    ...(membership.user.isOperator ? [organizations, instanceAudit] : []),
  ];
}
