const connectionErrors = new Set([
  // Of Node's sockets.
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  // Of postgres.js.
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  // Of PostgreSQL: too many connections, a transaction that stood idle, a server that stops or starts.
  '53300',
  '25P03',
  '57P01',
  '57P02',
  '57P03',
]);

/** Whether a query failed because the database could not be reached, not because it was wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = 'code' in error ? error.code : undefined;
  return (
    (typeof code === 'string' && connectionErrors.has(code)) || isDatabaseUnavailable(error.cause)
  );
}
