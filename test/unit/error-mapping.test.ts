import { problemAnswer, problemStatuses, toDomainError } from '@keyward/server/rest/problem';
import { describeError, toTrpcError } from '@keyward/server/trpc/error-mapping';
import { DomainError, type ErrorCode, errorTitles } from '@keyward/shared/errors';
import { outcomes, refusalErrors } from '@keyward/shared/outcomes';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

/** The table of the REST contract, as it stands there. */
const contract: Record<number, ErrorCode[]> = {
  400: ['invalid_request', 'ambiguous_credentials', 'key_in_url'],
  401: [
    'missing_key',
    'invalid_key',
    'key_revoked',
    'key_retired',
    'key_expired',
    'key_suspended',
    'organization_suspended',
    'service_disabled',
  ],
  403: ['insufficient_permissions', 'ip_not_allowed', 'wrong_service'],
  404: ['not_found'],
  409: ['conflict', 'idempotency_in_progress'],
  413: ['body_too_large'],
  422: ['idempotency_mismatch'],
  429: ['rate_limited'],
  503: ['authority_unavailable'],
};
const rows = Object.entries(contract).flatMap(([status, codes]) =>
  codes.map((code) => ({ code, status: Number(status) })),
);
const codes = Object.keys(errorTitles) as ErrorCode[];
const facts = { requestId: 'req_1', publicUrl: 'https://keys.example.com' };

describe('by REST', () => {
  test.each(rows)('$code is $status, as the contract says', ({ code, status }) => {
    expect(problemStatuses[code]).toBe(status);
    const answer = problemAnswer(new DomainError(code, 'Do this.'), facts);
    expect(answer).toMatchObject({
      status,
      contentType: 'application/problem+json; charset=utf-8',
      body: {
        type: `https://keys.example.com/errors/${code}`,
        title: errorTitles[code],
        status,
        detail: 'Do this.',
        code,
        requestId: 'req_1',
      },
    });
  });

  test('a code outside the contract has a status of its class, and no status goes without a code', () => {
    expect(Object.keys(problemStatuses).sort()).toEqual([...codes].sort());
    for (const status of Object.values(problemStatuses)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });

  test.each(rows)(
    '$code says in WWW-Authenticate what its status calls for',
    ({ code, status }) => {
      const answer = problemAnswer(new DomainError(code, 'Do this.'), facts);
      const expected: Record<number, string> = {
        // Without a key there is no token that could be invalid.
        401: `Bearer realm="keyward"${code === 'missing_key' ? '' : ', error="invalid_token"'}`,
        403: 'Bearer realm="keyward", error="insufficient_scope"',
      };
      expect(answer.headers?.['WWW-Authenticate']).toBe(expected[status]);
    },
  );

  test('a 503 says when to come back, and a 400 says which fields', () => {
    const away = problemAnswer(new DomainError('authority_unavailable', 'Wait.'), facts);
    expect(Number(away.headers?.['Retry-After'])).toBeGreaterThan(0);
    const issues = [{ path: 'name', message: 'Write one.' }];
    const bad = problemAnswer(new DomainError('invalid_request', 'Mend.', { issues }), facts);
    expect(bad.body).toMatchObject({ errors: issues });
  });
});

describe('by tRPC', () => {
  /** The status with which tRPC answers each of its codes, by its documentation. */
  const statuses: Record<string, number> = {
    BAD_REQUEST: 400,
    UNAUTHORIZED: 401,
    FORBIDDEN: 403,
    NOT_FOUND: 404,
    CONFLICT: 409,
    PAYLOAD_TOO_LARGE: 413,
    UNSUPPORTED_MEDIA_TYPE: 415,
    UNPROCESSABLE_CONTENT: 422,
    TIMEOUT: 408,
    TOO_MANY_REQUESTS: 429,
    INTERNAL_SERVER_ERROR: 500,
    SERVICE_UNAVAILABLE: 503,
  };

  // A request with too many headers reaches no face, and tRPC has no code for it.
  const reaching = codes.filter((code) => code !== 'headers_too_large');

  test.each(reaching)('%s has the status that it has by REST', (code) => {
    const error = toTrpcError(new DomainError(code, 'Do this.'));
    expect(statuses[error.code]).toBe(problemStatuses[code]);
    expect(describeError(error, 'req_1')).toEqual({
      code,
      title: errorTitles[code],
      detail: 'Do this.',
      requestId: 'req_1',
      errors: [],
    });
  });
});

describe('every refusal', () => {
  test.each(outcomes.slice(1))('%s has a code and a sentence that says what to do', (outcome) => {
    const refusal = refusalErrors[outcome as keyof typeof refusalErrors];
    expect(codes).toContain(refusal.code);
    expect(refusal.detail).toMatch(/^[A-Z].*[a-z]\.$/);
    expect([401, 403, 429]).toContain(problemStatuses[refusal.code]);
  });

  test('two outcomes never share a code', () => {
    const used = Object.values(refusalErrors).map((one) => one.code);
    expect(new Set(used).size).toBe(outcomes.length - 1);
  });
});

describe('what is no refusal of ours', () => {
  const secrets = new Error('password of the database: hunter2');

  test('says nothing of its inside on either face', () => {
    expect(toDomainError(secrets)).toMatchObject({ code: 'internal_error' });
    expect(JSON.stringify(problemAnswer(toDomainError(secrets), facts))).not.toContain('hunter2');
    const told = describeError(toTrpcError(secrets), 'req_1');
    expect(told.code).toBe('internal_error');
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  test('a database that is away is authority_unavailable on both, however deep the cause', () => {
    const away = new Error('query failed', {
      cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    });
    expect(toDomainError(away).code).toBe('authority_unavailable');
    expect(describeError(toTrpcError(away), null).code).toBe('authority_unavailable');
  });

  test('a schema’s refusal is invalid_request with its paths', () => {
    const schema = z.strictObject({ name: z.string(), tags: z.array(z.string()) });
    const { error } = schema.safeParse({ name: 'x', tags: ['a', 1], extra: true });
    expect(toDomainError(error)).toMatchObject({
      code: 'invalid_request',
      issues: [{ path: 'tags.1' }, { path: 'extra' }],
    });
  });
});
