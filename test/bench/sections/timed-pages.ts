import type { Sql } from 'postgres';
import { applyLoad } from '../load/apply-load.ts';
import type { Answer } from '../load/connection.ts';
import { request } from '../load/verify-requests.ts';

/** A slow page is asked for less often than it should be, and at least once. */
const longestMilliseconds = 2000;
/** Above every id, so that what follows it is the first page. */
const beforeFirst = 'key_7zzzzzzzzzzzzzzzzzzzzzzzzz';

/** Asks so many times, one at a time; the milliseconds that each took. */
export type Timed = (count: number) => Promise<Iterable<number>>;

/** What asks a server for pages. */
export function timedPages(url: string, callerSecret: string) {
  const get = (path: string) => request('GET', path, callerSecret);

  function timed(
    next: () => string,
    isRight: (answer: Answer) => boolean,
    onAnswer: (answer: Answer) => void = () => {},
  ): Timed {
    return async (count) => {
      const end = performance.now() + longestMilliseconds;
      let asked = 0;
      const limited = () => {
        asked += 1;
        return asked > 1 && (asked > count || performance.now() > end) ? null : next();
      };
      const load = { urls: [url], connections: 1, next: limited, isRight, onAnswer };
      return (await applyLoad(load)).milliseconds;
    };
  }

  return {
    /** A request that asks nothing of the database. */
    health: (): Timed =>
      timed(
        () => get('/healthz'),
        ({ status }) => status === 200,
      ),
    /** The same page again and again, which holds so many keys. */
    page: (query: string, keys = 50): Timed =>
      timed(
        () => get(`/v1/keys?${query}`),
        (answer) => isPage(answer, keys),
      ),
    /** One page after the other. */
    following(query: string): Timed {
      let cursor = beforeFirst;
      return timed(
        () => get(`/v1/keys?${query}&cursor=${cursor}`),
        (answer) => isPage(answer, 50),
        ({ body }) => {
          cursor = /"nextCursor":"(\w+)"/.exec(body)?.[1] ?? beforeFirst;
        },
      );
    },
  };
}

function isPage({ status, body }: Answer, keys: number): boolean {
  return status === 200 && body.split('"id":"key_').length - 1 === keys;
}

/** The query of one page after the other and nothing around it, through the same driver. */
export function bareQuery(sql: Sql, organizationId: string): Timed {
  let cursor = beforeFirst;
  return async (count) => {
    const times: number[] = [];
    while (times.length < count) {
      const start = performance.now();
      const rows = await sql`
        select id, name, kind, environment, tier, permissions, rate_limit, ip_allowlist, expires_at,
          suspended_at, revoked_at, external_id, metadata, created_by, created_at, updated_at,
          total_requests, last_used_at, last_used_ip
        from keys where organization_id = ${organizationId} and id < ${cursor}
        order by id desc limit 50`;
      times.push(performance.now() - start);
      if (rows.length !== 50) throw new Error(`A page of ${rows.length} rows.`);
      cursor = rows.at(-1)?.id;
    }
    return times;
  };
}
