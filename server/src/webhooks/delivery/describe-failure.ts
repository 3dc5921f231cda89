import { BlockedTarget } from './resolve-target.ts';

const untrusted =
  'Its TLS certificate is not of an authority that this server trusts: nothing was sent.';

/** Codes of node:net, node:dns and OpenSSL. */
const causes: Record<string, string> = {
  ECONNREFUSED: 'The receiver refused the connection.',
  ECONNRESET: 'The receiver broke off the connection.',
  EPIPE: 'The receiver broke off the connection.',
  ETIMEDOUT: 'The receiver cannot be reached.',
  EHOSTUNREACH: 'The receiver cannot be reached.',
  ENETUNREACH: 'The receiver cannot be reached.',
  ENOTFOUND: 'The name of the receiver cannot be resolved.',
  ENODATA: 'The name of the receiver has no address.',
  ETIMEOUT: 'The name servers did not answer.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its TLS certificate is for another name: nothing was sent.',
  CERT_HAS_EXPIRED: 'Its TLS certificate has expired: nothing was sent.',
  CERT_NOT_YET_VALID: 'Its TLS certificate is not valid yet: nothing was sent.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its TLS certificate is self-signed: nothing was sent.',
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  EPROTO: 'No TLS connection came about: does this port speak https?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'No TLS connection came about: does this port speak https?',
};

/** Why no answer came, in words for the log of deliveries. */
export function describeFailure(error: unknown): string {
  if (error instanceof BlockedTarget) {
    return error.message;
  }
  const code = codeOf(error);
  return causes[code] ?? `The connection failed (${code}).`;
}

/** Where several addresses were tried, that of the first. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return codeOf(error.errors[0]);
  }
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
