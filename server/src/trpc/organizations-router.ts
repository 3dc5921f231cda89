import { createOrganizationInput } from '@keyward/shared/organizations';
import { createOrganization } from '../organizations/create-organization.ts';
import { listOrganizations } from '../organizations/list-organizations.ts';
import { actorProcedure, router, userProcedure } from './procedures.ts';

export const organizationsRouter = router({
  list: userProcedure.query(({ ctx }) => listOrganizations(ctx)),

  create: actorProcedure
    .input(createOrganizationInput)
    .mutation(({ ctx, input }) => createOrganization(ctx, input)),
});
