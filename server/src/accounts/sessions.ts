import { eq, sql } from 'drizzle-orm';
import { Lucia, TimeSpan } from 'lucia';
import type { UserActor } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { sessions } from '../database/schema/accounts.ts';
import { createSessionAdapter, hashSessionId, idleEnd, idleHours } from './session-adapter.ts';

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseUserAttributes: { email: string; name: string; isOperator: boolean };
    DatabaseSessionAttributes: SessionAttributes;
  }
}

/** From where a session is used. */
export interface Place {
  address: string | null;
  userAgent: string | null;
}

interface SessionAttributes extends Place {
  hasSecondFactor: boolean;
  isFresh: boolean;
  /** Given at its start alone: when its user showed who they are, null where nobody knows, else just now. */
  shownAt: Date | null | undefined;
  /** Whether its last use was noted more than five minutes ago. */
  isUnseen: boolean;
}

const nowhere: Place = { address: null, userAgent: null };

/** Sessions of the console. Cookies travel as the values of `Set-Cookie` and `Cookie`. */
export interface Sessions {
  /** Starts a session and returns the cookie that carries it. */
  start(
    userId: string,
    place?: Place,
    hasSecondFactor?: boolean,
    /** When its user showed who they are, where it was not just now; null where nobody knows. */
    shownAt?: Date | null,
  ): Promise<string>;
  /** The user behind the cookies of a request, and a cookie to send when the session was extended. */
  find(cookies: string, place?: Place): Promise<FoundSession | null>;
  /** Ends the session behind the cookies, and returns the cookie that clears it. */
  end(cookies: string): Promise<string>;
}

export interface FoundSession {
  actor: UserActor & { session: NonNullable<UserActor['session']> };
  cookie: string | null;
}

/**
 * Opens the sessions of a database, or of a transaction.
 * @param secure whether the console is served on https: its cookies then go there alone.
 */
export function openSessions(database: Database, secure: boolean): Sessions {
  const lucia = createLucia(database, secure);
  return {
    async start(userId, place = nowhere, hasSecondFactor = false, shownAt) {
      const { address, userAgent } = place;
      const facts = { hasSecondFactor, isFresh: true, isUnseen: false, shownAt };
      const attributes = { address, userAgent, ...facts };
      const session = await lucia.createSession(userId, attributes);
      return lucia.createSessionCookie(session.id).serialize();
    },
    async find(cookies, place = nowhere) {
      const sessionId = lucia.readSessionCookie(cookies);
      if (sessionId === null) {
        return null;
      }
      const { session, user } = await lucia.validateSession(sessionId);
      if (session === null) {
        return null;
      }
      const { id: userId, email, name, isOperator } = user;
      const { isFresh, hasSecondFactor, isUnseen } = session;
      const facts = { id: hashSessionId(sessionId), isFresh, hasSecondFactor };
      if (isUnseen) {
        await noteUse(database, facts.id, place);
      }
      return {
        actor: { type: 'user', userId, email, name, isOperator, session: facts },
        cookie: isUnseen ? lucia.createSessionCookie(sessionId).serialize() : null,
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

/** Extends a session by its use. Not at each call: a busy console would write with every one. */
async function noteUse(database: Database, id: string, { address, userAgent }: Place) {
  await database
    .update(sessions)
    .set({
      expiresAt: idleEnd,
      lastSeenAt: sql`now()`,
      ...(address !== null && { address }),
      ...(userAgent !== null && { userAgent }),
    })
    .where(eq(sessions.idHash, id));
}

function createLucia(database: Database, secure: boolean) {
  return new Lucia(createSessionAdapter(database), {
    sessionExpiresIn: new TimeSpan(idleHours, 'h'),
    sessionCookie: {
      // __Host- pins the cookie to this host and to https; browsers refuse it on plain http.
      name: secure ? '__Host-keyward_session' : 'keyward_session',
      expires: true,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ email, name, isOperator }) => ({ email, name, isOperator }),
    getSessionAttributes: ({ hasSecondFactor, isFresh, isUnseen }) => ({
      hasSecondFactor,
      isFresh,
      isUnseen,
    }),
  });
}
