import { DomainError } from '@keyward/shared/errors';
import { initTRPC } from '@trpc/server';
import type { ActorContext, UserActor } from '../context.ts';
import { enterOrganization } from '../organizations/enter-organization.ts';
import type { TrpcContext } from './create-trpc-context.ts';
import { describeError, RefusedAtTheDoor, toTrpcError } from './error-mapping.ts';

const trpc = initTRPC.context<TrpcContext>().create({
  // Else stacks reach the client.
  isDev: false,
  errorFormatter: ({ shape, error, ctx }) => {
    const requestId = error instanceof RefusedAtTheDoor ? error.requestId : ctx?.requestId;
    const keyward = describeError(error, requestId ?? null);
    return { ...shape, message: keyward.detail, data: { ...shape.data, keyward } };
  },
});

export const { router } = trpc;

/** For anybody, signed in or not. */
export const publicProcedure = trpc.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) {
    throw toTrpcError(result.error);
  }
  return result;
});

/** For a signed-in user or a key. */
export const actorProcedure = publicProcedure.use(({ ctx, next }) => {
  const { actor } = ctx;
  if (actor === null) {
    throw new DomainError(
      'not_signed_in',
      'Sign in, or send a key as Authorization: Bearer <key>.',
    );
  }
  return next({ ctx: { actor } satisfies Pick<ActorContext, 'actor'> });
});

/** For a signed-in user. */
export const userProcedure = actorProcedure.use(({ ctx, next }) => {
  const { actor } = ctx;
  if (actor.type !== 'user') {
    throw new DomainError('insufficient_permissions', 'Only a signed-in user may do this.');
  }
  return next({ ctx: { actor } satisfies { actor: UserActor } });
});

/** For an actor within the organization that the call names, or that the key belongs to. */
export const organizationProcedure = actorProcedure.use(async ({ ctx, next }) =>
  next({ ctx: await enterOrganization(ctx, ctx.organizationHeader) }),
);
