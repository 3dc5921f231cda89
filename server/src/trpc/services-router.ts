import { putServiceBySlugInput } from '@keyward/shared/services';
import { slug } from '@keyward/shared/text';
import { z } from 'zod';
import { getService } from '../services/get-service.ts';
import { listServices } from '../services/list-services.ts';
import { putService } from '../services/put-service.ts';
import { actorProcedure, router } from './procedures.ts';

export const servicesRouter = router({
  list: actorProcedure.query(({ ctx }) => listServices(ctx)),

  get: actorProcedure
    .input(z.strictObject({ slug }))
    .query(({ ctx, input }) => getService(ctx, input.slug)),

  put: actorProcedure
    .input(putServiceBySlugInput)
    .mutation(({ ctx, input }) => putService(ctx, input.slug, input.service)),
});
