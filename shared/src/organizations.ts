import { z } from 'zod';
import { guardrails } from './guardrails.ts';
import { idParameter } from './ids.ts';
import { receipt } from './keys.ts';
import { line, slug, timestamp } from './text.ts';
import { wholeNumberOr } from './whole-number.ts';

export const roles = ['owner', 'admin', 'member'] as const;
export type Role = (typeof roles)[number];

export const organizationStatuses = ['active', 'suspended'] as const;

export const organization = z
  .strictObject({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    status: z.enum(organizationStatuses),
    createdAt: timestamp,
  })
  .meta({ id: 'Organization' });

export type Organization = z.infer<typeof organization>;

/** Without a slug, one is made from the name. */
export const createOrganizationInput = z.strictObject({ name: line(80), slug: slug.optional() });
export type CreateOrganizationInput = z.infer<typeof createOrganizationInput>;

export const updateOrganizationInput = z
  .strictObject({ name: line(80), status: z.enum(organizationStatuses) })
  .partial()
  .refine((input) => Object.keys(input).length > 0, 'Name at least one field to change.');
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;

export const changedOrganization = z
  .strictObject({ organization, receipt })
  .meta({ id: 'ChangedOrganization' });

export const listOrganizationsInput = z.strictObject({
  limit: wholeNumberOr(50, 1, 200),
  cursor: z.string().min(1).max(64).optional(),
});
export type ListOrganizationsInput = z.infer<typeof listOrganizationsInput>;

/** What the console asks beside: organizations whose name or slug holds a text. */
export const searchOrganizationsInput = listOrganizationsInput.safeExtend({
  q: z.string().trim().max(80).optional(),
});
export type SearchOrganizationsInput = z.infer<typeof searchOrganizationsInput>;

export const organizationBySlugInput = z.strictObject({ slug });

export const organizationPage = z
  .strictObject({ data: z.array(organization), nextCursor: z.string().nullable() })
  .meta({ id: 'OrganizationPage' });

export const setSecondFactorInput = z.strictObject({ isRequired: z.boolean() });

export const breachesInput = z.strictObject({ guardrails });

export const setGuardrailsInput = breachesInput.extend({
  /** The rules as they stood when these were written: where they are others by now, nothing is set. */
  seen: guardrails.optional(),
});

export const updateOrganizationByIdInput = z.strictObject({
  id: idParameter,
  changes: updateOrganizationInput,
});
