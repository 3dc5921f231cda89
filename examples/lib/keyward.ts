/** What is asked about a key that was presented. */
export interface Question {
  key: string;
  /** Two services may share a prefix, so always say which of them is to be opened. */
  service: string;
  /** All of them must hold. */
  permissions?: string[];
  /** Of the caller: a key with an IP allowlist is refused without it, and admins see where from. */
  ip?: string | undefined;
  /** How much of the key's rate limit a valid answer consumes: 1 unless something else is said. */
  cost?: number;
}

export interface RateLimit {
  limit: number;
  remaining: number;
  windowSeconds: number;
  resetAt: string | null;
}

/** Keyward's answer, as far as the examples read it. Everything stands in its /openapi.json. */
export type Verdict =
  | {
      valid: true;
      key: { id: string; name: string; kind: 'user' | 'bot'; externalId: string | null };
      organization: { id: string; name: string };
      user: { id: string; email: string; name: string } | null;
      permissions: string[];
      rateLimit: RateLimit | null;
    }
  | { valid: false; code: string; rateLimit?: RateLimit | null };

export type ValidVerdict = Extract<Verdict, { valid: true }>;

/** Keyward answered that it will not do what we asked for, and why. */
export class KeywardRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Keyward gave no answer that can be relied upon: nobody may pass until it does. */
export class KeywardUnavailable extends Error {}

export interface Keyward {
  /** Calls Keyward's REST face. Throws KeywardRefusal or KeywardUnavailable. */
  call<Answer>(method: string, path: string, body?: object): Promise<Answer>;
  /** Whether a key is good. Throws KeywardUnavailable, which must never count as a yes. */
  verify(question: Question): Promise<Verdict>;
  /** The same Keyward by another key, which acts in its own organization. */
  by(secret: string): Keyward;
  /** The same operator's key, acting in one of all organizations. */
  within(organizationId: string): Keyward;
  url: string;
}

// A caller waits for this, so it is short. A change may take longer: it returns when it is true everywhere.
const verifyMilliseconds = 2_000;
const callMilliseconds = 20_000;
// Longer strings are never a key, and Keyward refuses to look at them.
const longestKey = 512;

export function connectKeyward(url: string, secret: string, organizationId?: string): Keyward {
  async function send(method: string, path: string, body: object | undefined, patience: number) {
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${secret}`,
          ...(organizationId && { 'X-Keyward-Organization': organizationId }),
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patience),
      });
      return { status: response.status, body: await response.json() };
    } catch (error) {
      throw new KeywardUnavailable(`Keyward did not answer ${method} ${path}`, { cause: error });
    }
  }

  return {
    url,
    async call<Answer>(method: string, path: string, body?: object) {
      const answer = await send(method, path, body, callMilliseconds);
      if (answer.status >= 500) {
        throw new KeywardUnavailable(`Keyward answered ${method} ${path} with ${answer.status}`);
      }
      if (answer.status >= 400) {
        // Each is a problem (RFC 9457) whose detail says in one sentence what to do.
        const problem = answer.body as { detail?: string; errors?: { message: string }[] };
        const message = problem.errors?.[0]?.message ?? problem.detail ?? 'The call was refused.';
        throw new KeywardRefusal(answer.status, message);
      }
      // What the contract says of this call.
      return answer.body as Answer;
    },
    async verify(question) {
      if (question.key === '' || question.key.length > longestKey) {
        return { valid: false, code: 'NOT_FOUND' };
      }
      const answer = await send('POST', '/v1/keys/verify', question, verifyMilliseconds);
      const verdict = answer.body as Verdict | null;
      // Every verdict is a 200. Anything else speaks of our own key or request, not of the caller's.
      if (answer.status !== 200 || typeof verdict?.valid !== 'boolean') {
        throw new KeywardUnavailable(`Keyward answered a question with ${answer.status}`);
      }
      return verdict;
    },
    by: (other) => connectKeyward(url, other),
    within: (id) => connectKeyward(url, secret, id),
  };
}

/** The status that a refused key means to HTTP: 429 for its limit, 403 for its rights, else 401. */
export function statusOf(code: string): 401 | 403 | 429 {
  if (code === 'RATE_LIMITED') {
    return 429;
  }
  return code === 'INSUFFICIENT_PERMISSIONS' || code === 'IP_NOT_ALLOWED' ? 403 : 401;
}
