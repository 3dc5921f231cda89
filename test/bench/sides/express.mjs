// The verification as people write it by hand: Express 5, its JSON parser, one prepared query, no memory.
import { createHash } from 'node:crypto';
import express from 'express';
import postgres from 'postgres';
import { callerOf } from './is-caller.mjs';
import { serve } from './serve.mjs';

await serve(async ({ databaseUrl, callerSecret }) => {
  // Ten connections are the default of this pool, and what Keyward's own has.
  const sql = postgres(databaseUrl, { max: 10, onnotice: () => {} });
  const isCaller = callerOf(callerSecret);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json());
  app.post('/v1/keys/verify', async (request, response) => {
    if (!isCaller(request.headers.authorization)) {
      response.status(401).json({ code: 'invalid_key' });
      return;
    }
    const { key, permissions = [] } = request.body;
    const secretHash = createHash('sha256').update(key).digest();
    const [row] = await sql`
      select k.id, k.name, k.kind, k.environment, k.tier, k.permissions, k.expires_at, k.suspended_at,
        k.revoked_at, k.external_id, k.metadata, s.start, s.last4, s.retires_at, s.retired_at,
        o.id as organization_id, o.slug as organization_slug, o.name as organization_name, o.status,
        v.slug as service, v.disabled_at, u.id as user_id, u.email, u.name as user_name
      from key_secrets s
        join keys k on k.id = s.key_id
        join organizations o on o.id = k.organization_id
        join services v on v.id = k.service_id
        left join users u on u.id = k.user_id
      where s.secret_hash = ${secretHash}`;
    const code = judge(row, permissions, new Date());
    response.json(present(row, code));
  });
  return app;
});

function judge(row, wanted, now) {
  if (row === undefined) return 'NOT_FOUND';
  if (row.revoked_at !== null) return 'REVOKED';
  if (row.retired_at !== null || (row.retires_at !== null && row.retires_at <= now))
    return 'RETIRED';
  if (row.expires_at !== null && row.expires_at <= now) return 'EXPIRED';
  if (row.suspended_at !== null) return 'SUSPENDED';
  if (row.status !== 'active') return 'ORGANIZATION_SUSPENDED';
  if (row.disabled_at !== null) return 'SERVICE_DISABLED';
  const isGranted = (permission) =>
    row.permissions.includes(permission) ||
    row.permissions.includes(`${permission.split(':')[0]}:*`);
  return wanted.every(isGranted) ? 'VALID' : 'INSUFFICIENT_PERMISSIONS';
}

function present(row, code) {
  const requestId = crypto.randomUUID();
  if (row === undefined) return { valid: false, code, requestId };
  return {
    valid: code === 'VALID',
    code,
    requestId,
    key: {
      id: row.id,
      name: row.name,
      kind: row.kind,
      environment: row.environment,
      tier: row.tier,
      start: row.start,
      last4: row.last4,
      expiresAt: row.expires_at?.toISOString() ?? null,
      externalId: row.external_id,
      metadata: row.metadata,
    },
    organization: {
      id: row.organization_id,
      slug: row.organization_slug,
      name: row.organization_name,
    },
    user: row.user_id && { id: row.user_id, email: row.email, name: row.user_name },
    service: row.service,
    permissions: row.permissions,
    rateLimit: null,
  };
}
