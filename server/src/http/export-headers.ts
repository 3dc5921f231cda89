import { type AuditExport, exportTypes } from '../audit/export-audit-events.ts';

/** What an export is sent with: a file, named after its log and the day. */
export function exportHeaders({ chain, format }: AuditExport): Record<string, string> {
  const day = new Date().toISOString().slice(0, 10);
  return {
    'Content-Type': exportTypes[format],
    'Content-Disposition': `attachment; filename="audit-${chain}-${day}.${format}"`,
  };
}
