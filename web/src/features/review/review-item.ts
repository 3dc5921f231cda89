import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { inferRouterOutputs } from '@trpc/server';

export type ReviewData = inferRouterOutputs<AppRouter>['keys']['review'];

/** A key whose turn has come, with its evidence. */
export type ReviewItem = ReviewData['data'][number];
