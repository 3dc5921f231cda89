import {
  putServiceBySlugInput,
  serviceBySlugInput,
  setServiceStatusInput,
} from '@keyward/shared/services';
import { countServiceKeys } from '../services/count-service-keys.ts';
import { getService } from '../services/get-service.ts';
import { listServices } from '../services/list-services.ts';
import { putServiceWithReceipt } from '../services/put-service.ts';
import { setServiceStatus } from '../services/set-service-status.ts';
import { actorProcedure, router } from './procedures.ts';

export const servicesRouter = router({
  list: actorProcedure.query(({ ctx }) => listServices(ctx)),

  get: actorProcedure
    .input(serviceBySlugInput)
    .query(({ ctx, input }) => getService(ctx, input.slug)),

  /** The keys of every organization that a change of the service would concern. */
  keyCounts: actorProcedure
    .input(serviceBySlugInput)
    .query(({ ctx, input }) => countServiceKeys(ctx, input.slug)),

  put: actorProcedure
    .input(putServiceBySlugInput)
    .mutation(({ ctx, input: { slug, service, ...options } }) =>
      putServiceWithReceipt(ctx, slug, service, options),
    ),

  setStatus: actorProcedure
    .input(setServiceStatusInput)
    .mutation(({ ctx, input }) => setServiceStatus(ctx, input.slug, input.status)),
});
