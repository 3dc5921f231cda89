import { listAuditEventsInput } from '@keyward/shared/audit';
import { listAuditEvents } from '../audit/list-audit-events.ts';
import { organizationProcedure, router } from './procedures.ts';

export const auditRouter = router({
  /** What happened in the organization, newest first. */
  list: organizationProcedure
    .input(listAuditEventsInput)
    .query(({ ctx, input }) => listAuditEvents(ctx, input)),
});
