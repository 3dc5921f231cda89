import { DrizzleQueryError } from 'drizzle-orm/errors';

/**
 * An unexpected error as the log may have it. What a statement was given stays out: it can be a hash of a
 * password, or what a customer wrote.
 */
export function describeFailure(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: String(error) };
  }
  const code = 'code' in error ? { code: error.code } : {};
  if (error instanceof DrizzleQueryError) {
    const cause = error.cause === undefined ? {} : { cause: describeFailure(error.cause) };
    return { type: error.name, message: 'A query failed.', query: error.query, ...cause };
  }
  const cause = error.cause === undefined ? {} : { cause: describeFailure(error.cause) };
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}
