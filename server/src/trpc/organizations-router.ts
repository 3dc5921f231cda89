import {
  breachesInput,
  createOrganizationInput,
  organizationBySlugInput,
  searchOrganizationsInput,
  setGuardrailsInput,
  setSecondFactorInput,
  updateOrganizationByIdInput,
} from '@keyward/shared/organizations';
import { organizationUsageInput } from '@keyward/shared/usage';
import { listBreaches } from '../keys/list-breaches.ts';
import { createOrganization } from '../organizations/create-organization.ts';
import { getOrganization } from '../organizations/get-organization.ts';
import { getOrganizationUsage } from '../organizations/get-organization-usage.ts';
import { listAllOrganizations } from '../organizations/list-all-organizations.ts';
import { listOrganizations } from '../organizations/list-organizations.ts';
import { getGuardrails, setGuardrails } from '../organizations/set-guardrails.ts';
import { setSecondFactor } from '../organizations/set-second-factor.ts';
import { updateOrganization } from '../organizations/update-organization.ts';
import { actorProcedure, organizationProcedure, router, userProcedure } from './procedures.ts';

export const organizationsRouter = router({
  /** Those that the user is a member of. */
  list: userProcedure.query(({ ctx }) => listOrganizations(ctx)),

  listAll: actorProcedure
    .input(searchOrganizationsInput)
    .query(({ ctx, input }) => listAllOrganizations(ctx, input)),

  /** For an operator, who may enter an organization without being a member of it. */
  get: actorProcedure
    .input(organizationBySlugInput)
    .query(({ ctx, input }) => getOrganization(ctx, input.slug)),

  create: actorProcedure
    .input(createOrganizationInput)
    .mutation(({ ctx, input }) => createOrganization(ctx, input)),

  update: actorProcedure
    .input(updateOrganizationByIdInput)
    .mutation(({ ctx, input }) => updateOrganization(ctx, input.id, input.changes)),

  /** By day and outcome. */
  usage: organizationProcedure
    .input(organizationUsageInput)
    .query(({ ctx, input }) => getOrganizationUsage(ctx, input)),

  guardrails: organizationProcedure.query(({ ctx }) => getGuardrails(ctx)),

  setGuardrails: organizationProcedure
    .input(setGuardrailsInput)
    .mutation(({ ctx, input }) => setGuardrails(ctx, input.guardrails, input.seen)),

  /** Whether only sessions with a second factor are let in. */
  setSecondFactor: organizationProcedure
    .input(setSecondFactorInput)
    .mutation(({ ctx, input }) => setSecondFactor(ctx, input.isRequired)),

  /** Which keys would not comply with these rules. */
  breaches: organizationProcedure
    .input(breachesInput)
    .query(({ ctx, input }) => listBreaches(ctx, input.guardrails)),
});
