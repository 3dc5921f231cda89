import { Lucia, TimeSpan } from 'lucia';
import type { UserActor } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { createSessionAdapter } from './session-adapter.ts';

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseUserAttributes: { email: string; name: string; isOperator: boolean };
  }
}

/** Sessions of the console. Cookies travel as the values of `Set-Cookie` and `Cookie`. */
export interface Sessions {
  /** Starts a session and returns the cookie that carries it. */
  start(userId: string): Promise<string>;
  /** The user behind the cookies of a request, and a cookie to send when the session was extended. */
  find(cookies: string): Promise<{ actor: UserActor; cookie: string | null } | null>;
  /** Ends the session behind the cookies, and returns the cookie that clears it. */
  end(cookies: string): Promise<string>;
}

/**
 * Opens the sessions of a database, or of a transaction.
 * @param secure whether the console is served on https: its cookies then go there alone.
 */
export function openSessions(database: Database, secure: boolean): Sessions {
  const lucia = createLucia(database, secure);
  return {
    async start(userId) {
      const session = await lucia.createSession(userId, {});
      return lucia.createSessionCookie(session.id).serialize();
    },
    async find(cookies) {
      const sessionId = lucia.readSessionCookie(cookies);
      if (sessionId === null) {
        return null;
      }
      const { session, user } = await lucia.validateSession(sessionId);
      if (session === null) {
        return null;
      }
      const { id, email, name, isOperator } = user;
      return {
        actor: { type: 'user', userId: id, email, name, isOperator },
        cookie: session.fresh ? lucia.createSessionCookie(session.id).serialize() : null,
      };
    },
    async end(cookies) {
      const sessionId = lucia.readSessionCookie(cookies);
      if (sessionId !== null) {
        await lucia.invalidateSession(sessionId);
      }
      return lucia.createBlankSessionCookie().serialize();
    },
  };
}

function createLucia(database: Database, secure: boolean) {
  return new Lucia(createSessionAdapter(database), {
    // Extended by use when half of it has gone.
    sessionExpiresIn: new TimeSpan(12, 'h'),
    sessionCookie: {
      // __Host- pins the cookie to this host and to https; browsers refuse it on plain http.
      name: secure ? '__Host-keyward_session' : 'keyward_session',
      expires: true,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ email, name, isOperator }) => ({ email, name, isOperator }),
  });
}
