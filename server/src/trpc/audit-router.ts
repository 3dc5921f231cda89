import { listAuditEventsInput } from '@keyward/shared/audit';
import { exportAuditEventsInput } from '@keyward/shared/audit-export';
import { DomainError } from '@keyward/shared/errors';
import { readNamedEvents, readNamedInstanceEvents } from '../audit/read-named-events.ts';
import { startAuditExport, startInstanceExport } from '../audit/start-audit-export.ts';
import { verifyAuditLog, verifyInstanceLog } from '../audit/verify-audit-log.ts';
import type { Actor } from '../context.ts';
import { actorProcedure, organizationProcedure, router, userProcedure } from './procedures.ts';

/** The log of accounts and services, which belong to no organization. For operators. */
const instanceAuditRouter = router({
  list: actorProcedure
    .input(listAuditEventsInput)
    .query(({ ctx, input }) => readNamedInstanceEvents(ctx, input)),

  verify: actorProcedure.mutation(({ ctx, signal }) => verifyInstanceLog(ctx, { signal })),

  export: userProcedure.input(exportAuditEventsInput).mutation(async ({ ctx, input }) => {
    const { id } = await startInstanceExport(ctx, input);
    return { path: downloadPath(id) };
  }),
});

export const auditRouter = router({
  /** What happened in the organization, newest first, with what its targets are called now. */
  list: organizationProcedure
    .input(listAuditEventsInput)
    .query(({ ctx, input }) => readNamedEvents(ctx, input)),

  /** Whether the whole log is as it was recorded. A mutation, as it is work: it changes nothing. */
  verify: organizationProcedure.mutation(({ ctx, signal }) => verifyAuditLog(ctx, { signal })),

  /** Where the file is to be fetched, within a minute and by the same person. */
  export: organizationProcedure.input(exportAuditEventsInput).mutation(async ({ ctx, input }) => {
    requirePerson(ctx.actor);
    const { id } = await startAuditExport(ctx, input);
    return { path: downloadPath(id) };
  }),

  instance: instanceAuditRouter,
});

const downloadPath = (id: string): string => `/downloads/audit-events/${id}`;

// The file is fetched by the cookie of a session.
function requirePerson(actor: Actor): void {
  if (actor.type !== 'user') {
    throw new DomainError(
      'insufficient_permissions',
      'A key exports by GET /v1/audit-events/export.',
    );
  }
}
