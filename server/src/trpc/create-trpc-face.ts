import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { type RequestHandler, Router } from 'express';
import type { Instance } from '../instance.ts';
import { appRouter } from './app-router.ts';
import { createTrpcContext } from './create-trpc-context.ts';
import { describeHeaders } from './error-mapping.ts';
import { refuseAtTheDoor } from './refuse-at-the-door.ts';

const maximumBodyBytes = 64 * 1024;
/** A thousand keys do not fit into what suffices for every other call. */
const maximumImportBytes = 1024 * 1024;

/** The face for the console and for bots: everything, typed end to end. */
export function createTrpcFace(
  instance: Instance,
  onUnexpected: (error: unknown, requestId: string | undefined) => void,
): RequestHandler {
  const handle = (maxBodySize: number) =>
    createExpressMiddleware({
      router: appRouter,
      createContext: (options) => createTrpcContext(instance, options),
      maxBodySize,
      // The console sends its queries as POST too, so that no input stands in an address.
      allowMethodOverride: true,
      responseMeta: ({ errors }) => ({ headers: describeHeaders(errors) }),
      onError: ({ error, ctx }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') {
          onUnexpected(error.cause ?? error, ctx?.requestId);
        }
      },
    });
  const face = Router();
  face.use((_, response, next) => {
    // Answers are about one moment, and some of them hold a secret.
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  face.use(refuseAtTheDoor);
  // Not by `use`, which would take the procedure's name out of the path that tRPC reads.
  face.all('/keys.import', handle(maximumImportBytes));
  face.use(handle(maximumBodyBytes));
  return face;
}
