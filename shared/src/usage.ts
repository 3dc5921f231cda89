import { z } from 'zod';
import { idParameter } from './ids.ts';
import { outcomes } from './outcomes.ts';
import { timestamp } from './text.ts';

const moment = z.iso.datetime({
  offset: true,
  error: 'Write a time in ISO 8601, such as 2027-01-31T00:00:00Z.',
});

/** From and to are moments; without them, the last 30 days. Buckets begin at full hours or days in UTC. */
export const keyUsageInput = z.strictObject({
  from: moment.optional(),
  to: moment.optional(),
  bucket: z.enum(['hour', 'day']).default('hour'),
});

export type KeyUsageInput = z.infer<typeof keyUsageInput>;

export const keyUsage = z
  .strictObject({
    data: z.array(z.strictObject({ at: timestamp, outcome: z.enum(outcomes), count: z.int() })),
  })
  .meta({ id: 'KeyUsage' });

export const keyUsageByIdInput = keyUsageInput.extend({ id: idParameter });

/** The last so many days in UTC, today included. */
export const organizationUsageInput = z.strictObject({
  days: z.int().min(1, 'Ask for at least one day.').max(92, 'Ask for at most 92 days.'),
});

export type OrganizationUsageInput = z.infer<typeof organizationUsageInput>;

/** The keys of one page of a list. */
export const keyActivityInput = z.strictObject({ ids: z.array(idParameter).min(1).max(200) });

export type KeyActivityInput = z.infer<typeof keyActivityInput>;
