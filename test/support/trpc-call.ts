import { type RestAnswer, restClient } from './rest-client.ts';

export interface Procedure {
  path: string;
  type: string;
  /** The fields of its input, where that is an object. */
  inputNames: string[];
}

/** Every procedure of a router, by its full path. */
export function procedures(router: { _def: { procedures: object } }): Procedure[] {
  // tRPC keeps them in one flat record, which its types do not show.
  const all = router._def.procedures as Record<
    string,
    { _def: { type: string; inputs: { shape?: object }[] } }
  >;
  return Object.entries(all).map(([path, { _def }]) => ({
    path,
    type: _def.type,
    inputNames: _def.inputs.flatMap((input) => Object.keys(input.shape ?? {})),
  }));
}

/** What the console sends with each call, to call as it does without its client. */
export const consoleHeaders = { 'Sec-Fetch-Site': 'same-origin', 'X-Keyward-Client': 'console' };

/** One plain call by POST, as it goes over the wire. */
export function callTrpc(
  url: string,
  path: string,
  input: unknown,
  headers: Record<string, string>,
): Promise<RestAnswer> {
  return restClient(url, null)('POST', `/trpc/${path}`, { body: input ?? {}, headers });
}
