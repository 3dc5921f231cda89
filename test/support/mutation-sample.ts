import type { TestKeyward } from './test-keyward.ts';

export interface MutationSample {
  input?: unknown;
  /** Who calls; null for a stranger. */
  cookies: string | null;
  /** Within which organization, if any. */
  organizationId?: string;
  /** Who the event must say it was, where that is known before. */
  actor?: { type: 'user' | 'operator'; id: string };
}

export type MakeSample = (keyward: TestKeyward) => Promise<MutationSample>;
