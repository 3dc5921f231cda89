import { z } from 'zod';
import { idParameter } from './ids.ts';
import { secretMaximumLength } from './secret-format.ts';
import { line, timestamp } from './text.ts';

/** Who found a secret: GitHub, by its signature, or somebody who held it. */
export const exposureReporters = ['github', 'holder'] as const;
export type ExposureReporter = (typeof exposureReporters)[number];

const webAddress = z.url({
  protocol: /^https?$/,
  error: 'Write the address of the page, such as https://example.com/page.',
});

/** What anybody may tell who holds a secret. */
export const plainReport = z.strictObject({
  secret: z.string().min(1).max(secretMaximumLength),
  /** Where it was found. */
  url: webAddress.max(2048).optional(),
  /** What that is, such as `chat` or `log`. */
  source: line(100).optional(),
});

/**
 * What GitHub sends of one match. Fields beyond these are let pass: a report must not be lost because
 * GitHub has more to say.
 */
const match = z.looseObject({
  token: z.string(),
  type: z.string(),
  url: z.string().optional(),
  source: z.string().optional(),
});

export const signedReport = z.array(match).min(1, 'Send at least one match.');

/** By anybody, or by GitHub, which signs it. */
export const exposureReport = z.union([plainReport, signedReport]);

/** The same whether the secret is known or not. Since that moment no node accepts it, if it ever was one. */
export const reportReceipt = z
  .strictObject({ received: z.literal(true), effectiveAt: timestamp })
  .meta({ id: 'ExposureReceipt' });

/** What GitHub learns of each match, in its own form. */
export const matchFeedback = z
  .strictObject({
    /** SHA-256, in hex. */
    token_hash: z.string(),
    token_type: z.string(),
    label: z.enum(['true_positive', 'false_positive']),
  })
  .meta({ id: 'MatchFeedback' });

export type MatchFeedback = z.infer<typeof matchFeedback>;

export const exposureAnswer = z.union([reportReceipt, z.array(matchFeedback)]);

/** The keys of one page of a list, or one. */
export const keyExposuresInput = z.strictObject({ ids: z.array(idParameter).min(1).max(200) });

export type KeyExposuresInput = z.infer<typeof keyExposuresInput>;

/** One place where a secret of a key was found. */
export interface KeyExposure {
  id: string;
  keyId: string;
  at: string;
  reporter: ExposureReporter;
  url: string | null;
  source: string | null;
  /** Of the secret. */
  last4: string;
  /** Whether the secret has not retired: an active key is still opened by it. */
  isLive: boolean;
}
