import { type ErrorCode, errorTitles } from '@keyward/shared/errors';
import { expect } from 'vitest';
import type { RestAnswer } from './rest-client.ts';

const fields = ['code', 'detail', 'requestId', 'status', 'title', 'type'];

/** Holds an answer against the contract's section on errors: each field, and the headers with it. */
export function expectProblem(answer: RestAnswer, status: number, code: ErrorCode): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json(;|$)/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const wanted = status === 400 ? [...fields, 'errors'] : fields;
  expect(Object.keys(answer.body).sort(), answer.text).toEqual(wanted.sort());
  expect(answer.body).toMatchObject({ status, code, title: errorTitles[code] });
  expect(answer.body.type).toMatch(new RegExp(`^https?://[^/]+/errors/${code}$`));
  expect(answer.body.requestId).toMatch(/^req_[0-9a-z]{26}$/);
  expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId);
  expect(answer.body.detail).toMatch(/^[^\n]{10,}$/);
  for (const error of answer.body.errors ?? []) {
    expect(Object.keys(error).sort()).toEqual(['message', 'path']);
  }
  expectChallenge(answer);
}

function expectChallenge({ status, headers, body }: RestAnswer): void {
  const challenge = headers.get('www-authenticate');
  if (status === 401) {
    const error = body.code === 'missing_key' ? '' : ', error="invalid_token"';
    expect(challenge).toBe(`Bearer realm="keyward"${error}`);
  } else if (status === 403) {
    expect(challenge).toBe('Bearer realm="keyward", error="insufficient_scope"');
  } else {
    expect(challenge).toBeNull();
  }
  if (status === 429 || status === 503) {
    expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  }
}

/** An answer's text without its request id: what must be the same for what must not be told apart. */
export function withoutRequestId({ status, headers, text }: RestAnswer): string {
  const told = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return JSON.stringify([status, told, text.replace(/req_[0-9a-z]{26}/g, 'req')]);
}
