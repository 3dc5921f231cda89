import { z } from 'zod';

/** Prefix of each kind of id; the rest is a lower-case ULID, so ids sort by creation. */
export const idPrefixes = {
  user: 'usr_',
  organization: 'org_',
  service: 'svc_',
  key: 'key_',
  secret: 'sec_',
  exposure: 'exp_',
  invitation: 'inv_',
  auditEvent: 'evt_',
  webhook: 'whk_',
  delivery: 'dlv_',
  mail: 'eml_',
  node: 'node_',
  request: 'req_',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Whether a string has the form of an id of this kind: nothing else is ever looked up. */
export function isId(kind: IdKind, text: string): boolean {
  return (
    text.startsWith(idPrefixes[kind]) &&
    /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(idPrefixes[kind].length))
  );
}

/** Any short string is taken: one that is no id is unknown, which is a 404 and not a 400. */
export const idParameter = z.string().min(1).max(64);
