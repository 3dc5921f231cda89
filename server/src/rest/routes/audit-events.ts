import { auditEventPage, auditEventsQuery } from '@keyward/shared/audit';
import { exportAuditEventsInput, exportedAuditEvent } from '@keyward/shared/audit-export';
import { z } from 'zod';
import { exportAuditEvents } from '../../audit/export-audit-events.ts';
import { listAuditEvents } from '../../audit/list-audit-events.ts';
import { startAuditExport } from '../../audit/start-audit-export.ts';
import { exportHeaders } from '../../http/export-headers.ts';
import { authenticate, managementRoute, type Route, readQuery } from '../route.ts';

/** Not of the other routes' kind: its answer is sent as it is read. */
const exportRoute: Route = {
  method: 'get',
  path: '/v1/audit-events/export',
  summary: 'Export what happened in the organization as NDJSON or CSV, newest first.',
  permission: 'auditLog:read',
  input: { query: exportAuditEventsInput },
  output: {
    status: 200,
    schema: null,
    texts: { 'application/x-ndjson': exportedAuditEvent, 'text/csv': z.string() },
  },
  async serve(request) {
    const context = await authenticate(request);
    const input = exportAuditEventsInput.parse(readQuery(request.query));
    const started = await startAuditExport(context, input);
    const { 'Content-Type': contentType = '', ...headers } = exportHeaders(started);
    const chunks = exportAuditEvents(context.database, started);
    return { status: 200, headers, contentType, chunks };
  },
};

export const auditEventRoutes: readonly Route[] = [
  exportRoute,
  managementRoute({
    method: 'get',
    path: '/v1/audit-events',
    summary: 'List what happened in the organization, newest first.',
    permission: 'auditLog:read',
    query: auditEventsQuery,
    output: { status: 200, schema: auditEventPage },
    handle: (context, { query }) => listAuditEvents(context, query),
  }),
];
