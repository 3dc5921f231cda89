import { DomainError } from '@keyward/shared/errors';

/** How long a question of the hot path may wait for the database. */
const deadlineMilliseconds = 4_000;
/** More questions than a database answers within a second. Those that nobody waits for any more are asked all the same. */
const mostUnsettled = 10_000;

let unsettled = 0;

/**
 * The result of work on the database, or a refusal when it does not come in time: a database that hangs
 * looks like one that is slow, and the caller must be told before its own patience ends. Where very much
 * has not been answered yet, the refusal comes at once: what is asked of a database that is away is kept
 * until it is back, and would then be in the way of everybody.
 */
export async function withinDeadline<Result>(ask: () => PromiseLike<Result>): Promise<Result> {
  const refusal = () => new DomainError('authority_unavailable', 'Try again in a few seconds.');
  if (unsettled >= mostUnsettled) {
    throw refusal();
  }
  unsettled += 1;
  const work = settle(ask);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(refusal()), deadlineMilliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function settle<Result>(ask: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await ask();
  } finally {
    unsettled -= 1;
  }
}
