import { DomainError, type ErrorCode, type ErrorIssue } from '@keyward/shared/errors';

export interface Refusal {
  code: ErrorCode;
  detail: string;
  issues: readonly ErrorIssue[];
}

/** The refusal with which a verb answered. What did not refuse, or broke instead, fails the test. */
export async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  const error = await answer.then(
    () => new Error('A refusal was expected, and the call went through.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) {
    throw error instanceof Error ? error : new Error(String(error));
  }
  return { code: error.code, detail: error.message, issues: error.issues ?? [] };
}

/** How many calls that ran at once went through, and how many met each code. */
export async function tally(answers: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const answer of await Promise.allSettled(answers)) {
    const name = answer.status === 'fulfilled' ? 'done' : nameOf(answer.reason);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function nameOf(reason: unknown): string {
  return reason instanceof DomainError ? reason.code : String(reason);
}
