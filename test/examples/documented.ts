import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { RestAnswer } from '../support/rest-client.ts';

export interface PlainRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
}

/** A documented request beside its documented answer. */
export interface Case {
  title: string;
  /** A line of curl as it is documented, or the same call as another client makes it. */
  request: string | PlainRequest;
  expect: {
    status: number;
    headers?: Record<string, unknown>;
    body?: unknown;
  };
  /** What later cases need of this answer, under the name that stands for it there. */
  keep?(body: RestAnswer['body']): Record<string, string>;
}

/** What stands in the documentation in place of hosts and secrets, and what it stands for here. */
export type StandIns = Record<string, string>;

/** Makes a test of each case, in the order of the table. */
export function testCases(cases: readonly Case[], standIns: StandIns): void {
  test.each(cases)('$title', async ({ request, expect: expected, keep }) => {
    const answer = await sendDocumented(request, standIns);
    expect(answer.status, answer.text).toBe(expected.status);
    for (const [name, value] of Object.entries(expected.headers ?? {})) {
      expect(answer.headers.get(name), name).toEqual(value);
    }
    if ('body' in expected) {
      expect(answer.body).toEqual(expected.body);
    }
    Object.assign(standIns, keep?.(answer.body));
  });
}

export async function sendDocumented(
  request: Case['request'],
  standIns: StandIns,
): Promise<RestAnswer> {
  const plain = typeof request === 'string' ? parseCurl(request) : request;
  const { method, url, headers, body } = fillAll(plain, standIns);
  const response = await fetch(url, {
    method,
    headers: headers ?? {},
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(answer) : undefined,
    text: answer,
  };
}

/** Puts hosts and secrets into their places, the longest name first: one may begin another. */
export function fill(documented: string, standIns: StandIns): string {
  return Object.keys(standIns)
    .sort((a, b) => b.length - a.length)
    .reduce((filled, name) => filled.replaceAll(name, standIns[name] ?? ''), documented);
}

/** The same in every text within a value. */
function fillAll<Value>(value: Value, standIns: StandIns): Value {
  // JSON's own reviver comes by every text; what it returns stands in the text's place.
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'string' ? fill(inner, standIns) : inner,
  );
}

/** Reads a line of curl as a shell and curl would, as far as the five pages use them. */
export function parseCurl(command: string): PlainRequest {
  const words = [...command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  const request: PlainRequest & { headers: Record<string, string> } = {
    method: 'GET',
    url: '',
    headers: {},
  };
  expect(words.shift()).toBe('curl');
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-')) {
      request.url = word;
      continue;
    }
    const value = words.shift() ?? '';
    const [, name = '', rest = ''] = /^([^:]+): *(.*)$/.exec(value) ?? [];
    switch (word) {
      case '-X':
        request.method = value;
        break;
      case '-H':
        request.headers[name] = rest;
        break;
      case '-b':
        request.headers.Cookie = value;
        break;
      case '-d':
        request.body = value;
        break;
      default:
        throw new Error(`curl ${word} is not read here.`);
    }
  }
  return request;
}

/** Runs a documented program in a process of its own, and gives what it prints. */
export async function runProgram(
  program: string,
  environment: Record<string, string> = {},
): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-'], {
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(program);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return output + errors;
}

export const aText = expect.stringMatching(/./);
export const aMoment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
