import { createExpressMiddleware } from '@trpc/server/adapters/express';
import type { RequestHandler } from 'express';
import type { Instance } from '../instance.ts';
import { appRouter } from './app-router.ts';
import { createTrpcContext } from './create-trpc-context.ts';

const maximumBodyBytes = 64 * 1024;
const maximumBatch = 20;

/** The face for the console and for bots: everything, typed end to end. */
export function createTrpcFace(
  instance: Instance,
  onUnexpected: (error: unknown, requestId: string | undefined) => void,
): RequestHandler {
  return createExpressMiddleware({
    router: appRouter,
    createContext: (options) => createTrpcContext(instance, options),
    maxBodySize: maximumBodyBytes,
    maxBatchSize: maximumBatch,
    // The console sends its queries as POST too, so that no input stands in an address.
    allowMethodOverride: true,
    onError: ({ error, ctx }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') {
        onUnexpected(error.cause ?? error, ctx?.requestId);
      }
    },
  });
}
