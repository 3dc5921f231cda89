import { z } from 'zod';
import { presetNames } from './service-presets.ts';
import { serviceProfile } from './service-profile.ts';
import { slug, timestamp } from './text.ts';

/** A service as the catalog shows it: its profile, and where it stands. */
export const service = serviceProfile
  .safeExtend({
    id: z.string(),
    status: z.enum(['active', 'disabled']),
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

export const putServiceBySlugInput = z.strictObject({ slug, service: putServiceInput });
