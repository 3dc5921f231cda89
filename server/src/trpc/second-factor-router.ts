import { emailInput, secondFactorCodeInput } from '@keyward/shared/accounts';
import {
  getSecondFactor,
  offerAuthenticator,
  renewRecoveryCodes,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '../accounts/second-factor/manage-second-factor.ts';
import { removeFactors } from '../accounts/second-factor/remove-factors.ts';
import { router, userProcedure } from './procedures.ts';

export const secondFactorRouter = router({
  get: userProcedure.query(({ ctx }) => getSecondFactor(ctx)),

  /** A secret for the user's app. Nothing is turned on yet. */
  offer: userProcedure.mutation(({ ctx }) => offerAuthenticator(ctx)),

  turnOn: userProcedure.input(secondFactorCodeInput).mutation(async ({ ctx, input }) => ({
    recoveryCodes: await turnOnSecondFactor(ctx, input.code),
  })),

  turnOff: userProcedure.mutation(({ ctx }) => turnOffSecondFactor(ctx)),

  /** For operators: takes every second factor from the account of somebody who has lost theirs. */
  removeFrom: userProcedure
    .input(emailInput)
    .mutation(({ ctx, input }) => removeFactors(ctx, input.email, ctx.instance.mailing)),

  renewRecoveryCodes: userProcedure.mutation(async ({ ctx }) => ({
    recoveryCodes: await renewRecoveryCodes(ctx),
  })),
});
