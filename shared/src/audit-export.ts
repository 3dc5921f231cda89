import { z } from 'zod';
import { auditEvent, auditFilters } from './audit.ts';

export const auditExportFormats = ['ndjson', 'csv'] as const;

/** What to export: the filters of a list, and how it is to be written. */
export const exportAuditEventsInput = auditFilters.extend({ format: z.enum(auditExportFormats) });

export type ExportAuditEventsInput = z.infer<typeof exportAuditEventsInput>;

/**
 * A line of an export. Without `hash`, its names sorted and without white space, it is what was hashed:
 * whoever keeps an export can check it without Keyward.
 */
export const exportedAuditEvent = auditEvent
  .extend({ chain: z.string(), previousHash: z.string(), hash: z.string() })
  .meta({ id: 'ExportedAuditEvent' });
