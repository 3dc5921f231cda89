import { idParameter } from '@keyward/shared/ids';
import {
  changedOrganization,
  createOrganizationInput,
  listOrganizationsInput,
  organization,
  organizationPage,
  updateOrganizationInput,
} from '@keyward/shared/organizations';
import { z } from 'zod';
import { createOrganization } from '../../organizations/create-organization.ts';
import { listAllOrganizations } from '../../organizations/list-all-organizations.ts';
import { updateOrganization } from '../../organizations/update-organization.ts';
import { managementRoute, type Route } from '../route.ts';

export const organizationRoutes: readonly Route[] = [
  managementRoute({
    method: 'post',
    path: '/v1/organizations',
    summary: 'Make an organization.',
    permission: 'operator',
    body: createOrganizationInput,
    output: { status: 201, schema: organization },
    handle: (context, { body }) => createOrganization(context, body),
  }),
  managementRoute({
    method: 'get',
    path: '/v1/organizations',
    summary: 'List every organization, newest first.',
    permission: 'operator',
    query: listOrganizationsInput,
    output: { status: 200, schema: organizationPage },
    handle: (context, { query }) => listAllOrganizations(context, query),
  }),
  managementRoute({
    method: 'patch',
    path: '/v1/organizations/{id}',
    summary: 'Rename, suspend or resume an organization.',
    permission: 'operator',
    params: z.strictObject({ id: idParameter }),
    body: updateOrganizationInput,
    output: { status: 200, schema: changedOrganization },
    handle: (context, { params, body }) => updateOrganization(context, params.id, body),
  }),
];
