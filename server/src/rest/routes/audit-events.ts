import { auditEventPage, auditEventsQuery } from '@keyward/shared/audit';
import { listAuditEvents } from '../../audit/list-audit-events.ts';
import { managementRoute, type Route } from '../route.ts';

export const auditEventRoutes: readonly Route[] = [
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
