import { idParameter } from '@keyward/shared/ids';
import {
  changedMember,
  changeRoleInput,
  invitation,
  inviteInput,
  member,
  removedMember,
} from '@keyward/shared/members';
import { z } from 'zod';
import { changeRole } from '../../organizations/change-role.ts';
import { inviteMember } from '../../organizations/invite-member.ts';
import { listMembers } from '../../organizations/list-members.ts';
import { removeMember } from '../../organizations/remove-member.ts';
import { invitationUrl } from '../../organizations/write-invitation.ts';
import { managementRoute, type Route } from '../route.ts';

const memberParameters = z.strictObject({ userId: idParameter });

export const memberRoutes: readonly Route[] = [
  managementRoute({
    method: 'get',
    path: '/v1/members',
    summary: 'List the members of the organization.',
    permission: 'members:read',
    output: { status: 200, schema: z.strictObject({ data: z.array(member) }) },
    handle: async (context) => ({ data: await listMembers(context) }),
  }),
  managementRoute({
    method: 'patch',
    path: '/v1/members/{userId}',
    summary: 'Give a member another role.',
    permission: 'members:update',
    params: memberParameters,
    body: changeRoleInput,
    output: { status: 200, schema: changedMember },
    handle: (context, { params, body }) => changeRole(context, params.userId, body.role),
  }),
  managementRoute({
    method: 'delete',
    path: '/v1/members/{userId}',
    summary: 'Remove a member and revoke their user keys.',
    permission: 'members:delete',
    params: memberParameters,
    output: { status: 200, schema: removedMember },
    handle: (context, { params }) => removeMember(context, params.userId),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/invitations',
    summary: 'Invite somebody by a link, which stands in this answer alone.',
    permission: 'members:create',
    body: inviteInput,
    output: { status: 201, schema: invitation },
    async handle(context, { body, request }) {
      const { id, token, expiresAt } = await inviteMember(context, body);
      const url = invitationUrl(request.instance.publicUrl, token);
      return { id, url, expiresAt: expiresAt.toISOString() };
    },
  }),
];
