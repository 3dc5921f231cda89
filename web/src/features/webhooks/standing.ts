import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { inferRouterOutputs } from '@trpc/server';

type Outputs = inferRouterOutputs<AppRouter>['webhooks'];

/** A webhook with how it fares. */
export type Standing = Outputs['standings'][number];

/** One message, with each attempt to send it. */
export type LogEntry = Outputs['log']['data'][number];

export type LogAttempt = LogEntry['attempts'][number];
