import { DomainError } from '@keyward/shared/errors';

/** How long a question of the hot path may wait for the database. */
const deadlineMilliseconds = 4_000;

/**
 * The result of work on the database, or a refusal when it does not come in time: a database that hangs
 * looks like one that is slow, and the caller must be told before its own patience ends.
 */
export async function withinDeadline<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DomainError('authority_unavailable', 'Try again in a few seconds.')),
      deadlineMilliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
