import { z } from 'zod';
import { presetNames } from './service-presets.ts';
import { serviceProfile } from './service-profile.ts';
import { slug, timestamp } from './text.ts';

export const serviceStatuses = ['active', 'disabled'] as const;
export type ServiceStatus = (typeof serviceStatuses)[number];

/** A service as the catalog shows it: its profile, and where it stands. */
export const service = serviceProfile
  .safeExtend({
    id: z.string(),
    status: z.enum(serviceStatuses),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Service' });

export type Service = z.infer<typeof service>;

/** A whole profile, or the name of a preset to make one from. */
export const putServiceInput = z.union([
  z.strictObject({ preset: z.enum(presetNames) }),
  serviceProfile,
]);

export type PutServiceInput = z.infer<typeof putServiceInput>;

export const putServiceBySlugInput = z.strictObject({
  slug,
  service: putServiceInput,
  /** `updatedAt` of the service as it was read, null for one that is to be new: else it is refused. */
  expectedUpdatedAt: timestamp.nullable().optional(),
});

export const serviceBySlugInput = z.strictObject({ slug });

export const setServiceStatusInput = z.strictObject({ slug, status: z.enum(serviceStatuses) });

/** How many keys, of all organizations, a change of a service concerns. Live: neither revoked nor expired. */
export interface ServiceKeyCounts {
  organizations: number;
  tiers: {
    name: string;
    keys: number;
    live: number;
    /** Of the live ones, those without a limit of their own. */
    onTierLimit: number;
  }[];
}
