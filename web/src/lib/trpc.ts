import type { AppRouter } from '@keyward/server/trpc/app-router';
import { createTRPCReact } from '@trpc/react-query';

/** The typed hooks. Which client they use, and so which organization, is the nearest provider's choice. */
export const trpc = createTRPCReact<AppRouter>();
