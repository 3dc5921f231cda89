import { type ErrorCode, errorTitles } from '@keyward/shared/errors';
import { problemStatuses } from './problem.ts';

const advice: Record<ErrorCode, string> = {
  invalid_request:
    'The list <code>errors</code> names each field that could not be taken, and why. Mend those and send the request again. Fields that are not in the contract are refused.',
  ambiguous_credentials:
    'A request may carry one key, in one header, once. Remove the other header: a proxy in between may have added it.',
  key_in_url:
    'Addresses end up in logs, histories and referrers. Send the key in a header, and if it was a real one, revoke or rotate it now.',
  missing_key:
    'Send the key as <code>Authorization: Bearer &lt;key&gt;</code> or <code>X-Api-Key: &lt;key&gt;</code>.',
  invalid_key:
    'No key has this secret. Check that it was copied whole, without spaces or line breaks, and that it was made in this Keyward.',
  key_revoked: 'The key was revoked for good. Ask an admin of the organization for another.',
  key_retired:
    'The key was rotated and this older secret has retired. Use the newer secret of the same key.',
  key_expired: 'The key has passed its expiry. Ask an admin of the organization for another.',
  key_suspended: 'The key is suspended for now. An admin of the organization can resume it.',
  organization_suspended:
    'The organization that the key belongs to is suspended. Ask the operator of the service.',
  service_disabled: 'The service that the key opens is disabled. Ask the operator of the service.',
  insufficient_permissions:
    'The key is good, but does not hold what this call needs. The detail names the permission; an admin can grant it.',
  ip_not_allowed:
    'The key may be used from the addresses on its allowlist only, and this call came from another.',
  wrong_service: 'The key is good, but opens another service than the one that was asked for.',
  not_found: 'There is no such thing, or it belongs to an organization that the caller cannot see.',
  conflict:
    'The request contradicts what exists already. The detail says with what, and what to do.',
  idempotency_in_progress:
    'The first request with this Idempotency-Key has not ended yet. Send it again in a moment.',
  body_too_large: 'A body may have 64 KiB. Send less at once.',
  idempotency_mismatch:
    'This Idempotency-Key was used with another body. Send the first body again, or choose another Idempotency-Key.',
  rate_limited: 'Wait for the number of seconds in <code>Retry-After</code>, then try again.',
  authority_unavailable:
    'Keyward cannot reach its database, and never guesses whether a key is good. Try again after <code>Retry-After</code> seconds.',
  not_signed_in: 'Sign in to the console, or send a key.',
  wrong_credentials: 'Check the email and the password.',
  wrong_passkey:
    'The passkey is not registered here, or did not confirm that it is you. Try again, or use your password.',
  wrong_code:
    'Take the newest code of your authenticator app, or a recovery code that was not used yet.',
  sign_in_ended: 'Too much time passed between the password and the code. Sign in again.',
  too_many_attempts: 'Wait for the number of seconds in <code>Retry-After</code>, then try again.',
  confirmation_required:
    'What was asked for is sensitive, and the password was given a while ago. Give it again.',
  second_factor_required:
    'The organization lets in only who signs in with a second factor. Set one up in your account.',
  provider_away:
    'The provider of single sign-on did not answer. Try again in a few minutes, or sign in another way.',
  sign_up_closed: 'New accounts are not open to everybody here. Ask an admin to invite you.',
  cross_site_request:
    'A session of the console counts only in the console itself. Programs send a key.',
  unsupported_media_type: 'Send JSON, as <code>application/json</code>.',
  request_timeout:
    'The request did not arrive whole within a minute. Send it again, over a connection that holds.',
  headers_too_large:
    'All headers of a request, its address included, may have 16 KiB. Send fewer cookies, or a body in place of a long address.',
  internal_error: 'The fault is on our side. Try again; if it stays, report the request id.',
};

/** The page that a problem's `type` leads to. */
export function errorPage(code: ErrorCode): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${errorTitles[code]} · Keyward</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 4rem auto; padding: 0 1.25rem; }
  h1 { font-size: 1.6rem; line-height: 1.25; }
</style>
<main>
  <p><code>${problemStatuses[code]} ${code}</code></p>
  <h1>${errorTitles[code]}</h1>
  <p>${advice[code]}</p>
</main>
</html>
`;
}
