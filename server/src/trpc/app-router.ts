import { accountRouter } from './account-router.ts';
import { keysRouter } from './keys-router.ts';
import { organizationsRouter } from './organizations-router.ts';
import { router } from './procedures.ts';
import { servicesRouter } from './services-router.ts';

export const appRouter = router({
  account: accountRouter,
  organizations: organizationsRouter,
  services: servicesRouter,
  keys: keysRouter,
});

export type AppRouter = typeof appRouter;
