import { z } from 'zod';
import { line, slug } from './text.ts';

export const roles = ['owner', 'admin', 'member'] as const;
export type Role = (typeof roles)[number];

export const organizationStatuses = ['active', 'suspended'] as const;

/** Without a slug, one is made from the name. */
export const createOrganizationInput = z.strictObject({ name: line(80), slug: slug.optional() });
export type CreateOrganizationInput = z.infer<typeof createOrganizationInput>;

export interface Organization {
  id: string;
  slug: string;
  name: string;
  status: (typeof organizationStatuses)[number];
  createdAt: string;
}
