import { accountRouter } from './account-router.ts';
import { auditRouter } from './audit-router.ts';
import { invitationsRouter } from './invitations-router.ts';
import { keysRouter } from './keys-router.ts';
import { membersRouter } from './members-router.ts';
import { organizationsRouter } from './organizations-router.ts';
import { router } from './procedures.ts';
import { servicesRouter } from './services-router.ts';
import { webhooksRouter } from './webhooks-router.ts';

export const appRouter = router({
  account: accountRouter,
  invitations: invitationsRouter,
  organizations: organizationsRouter,
  members: membersRouter,
  services: servicesRouter,
  keys: keysRouter,
  audit: auditRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
