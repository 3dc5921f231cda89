import { isDatabaseUnavailable } from './is-unavailable.ts';

/**
 * Keeps this process when a connection is lost while it opens. postgres.js 3.4 asks for types and for the
 * state of the server on each new connection, and nobody waits for those questions: their failure ends a
 * process. The query that the connection was opened for is told by itself.
 */
export function surviveLostConnections(onLost: (error: unknown) => void): void {
  process.on('unhandledRejection', (error) => {
    if (!isDatabaseUnavailable(error)) {
      throw error;
    }
    onLost(error);
  });
}
