import { z } from 'zod';
import { auditEvent, auditFilters } from './audit.ts';

export const auditExportFormats = ['ndjson', 'csv'] as const;

// They are recorded: what has not the form of an id may be a secret, or what PostgreSQL cannot hold.
const id = z
  .string()
  .regex(/^[a-z]{3,4}_[0-9a-hjkmnp-tv-z]{26}$/, 'Write an id, such as key_01jd….');

/** What to export: the filters of a list, and how it is to be written. */
export const exportAuditEventsInput = auditFilters.extend({
  format: z.enum(auditExportFormats),
  actorId: id.optional(),
  targetId: z.union([id, z.array(id).min(1).max(10)]).optional(),
});

export type ExportAuditEventsInput = z.infer<typeof exportAuditEventsInput>;

/**
 * A line of an export. Without `hash`, its names sorted and without white space, it is what was hashed:
 * whoever keeps an export can check it without Keyward.
 */
export const exportedAuditEvent = auditEvent
  .extend({ chain: z.string(), previousHash: z.string(), hash: z.string() })
  .meta({ id: 'ExportedAuditEvent' });
