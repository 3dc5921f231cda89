import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { inferRouterOutputs } from '@trpc/server';

/** An address that a key was presented from. */
export type SeenAddress = inferRouterOutputs<AppRouter>['keys']['addresses'][number];
