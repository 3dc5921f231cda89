import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { inferRouterOutputs } from '@trpc/server';

type Outputs = inferRouterOutputs<AppRouter>;

export type Member = Outputs['members']['list'][number];
export type LeaverKey = Outputs['members']['previewRemoval'][number];
export type OpenInvitation = Outputs['invitations']['list'][number];
