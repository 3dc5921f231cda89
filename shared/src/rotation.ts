import { z } from 'zod';
import { idParameter } from './ids.ts';
import { line } from './text.ts';

const days = (count: number) => count * 86_400;

/**
 * How long the older secret stays good beside the new one: for a time from now on, or until it has been
 * quiet for a time after the new one was first used. In seconds; a day of grace by default.
 */
export const rotateKeyInput = z
  .strictObject({
    graceSeconds: z.int().min(0).max(days(90), 'Use a grace of at most 90 days.').optional(),
    retireWhenQuietSeconds: z.int().min(1).max(days(90), 'Use at most 90 days.').optional(),
  })
  .refine(
    (input) => input.graceSeconds === undefined || input.retireWhenQuietSeconds === undefined,
    {
      path: ['retireWhenQuietSeconds'],
      message: 'Give graceSeconds or retireWhenQuietSeconds, not both.',
    },
  );

export type RotateKeyInput = z.infer<typeof rotateKeyInput>;

/** The end of a rotation: the older secret retires now, or the newer one does and the older stays. */
export const endRotationInput = z.strictObject({ action: z.enum(['finish', 'rollback']) });

export type EndRotationInput = z.infer<typeof endRotationInput>;

export const rotateKeyByIdInput = z.strictObject({
  id: idParameter,
  rotation: rotateKeyInput.default({}),
});

export const endRotationByIdInput = endRotationInput.extend({ id: idParameter });

/** Which secret of the key was stored, by its last four characters. */
export const confirmStoredInput = z.strictObject({ id: idParameter, last4: line(4) });
