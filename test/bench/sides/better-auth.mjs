// The API-key plugin of better-auth behind a plain server, on a database of its own. Its defaults, but its
// limits are off: ten requests a day for each key, which would be the measure of nothing.
import { createServer } from 'node:http';
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { callerOf } from './is-caller.mjs';
import { serve } from './serve.mjs';

const permissions = { shortLinks: ['create', 'read'] };
const secrets = [];

await serve(
  async ({ databaseUrl, callerSecret, keyCount }) => {
    const options = {
      database: new pg.Pool({ connectionString: databaseUrl, max: 10 }),
      secret: 'a secret of the bench, of forty characters',
      baseURL: 'http://127.0.0.1',
      emailAndPassword: { enabled: true },
      rateLimit: { enabled: false },
      telemetry: { enabled: false },
      logger: { level: 'error' },
      plugins: [apiKey({ rateLimit: { enabled: false } })],
    };
    await (await getMigrations(options)).runMigrations();
    const auth = betterAuth(options);
    await makeKeys(auth, keyCount);
    return createVerifier(auth, callerOf(callerSecret));
  },
  () => ({ secrets }),
);

async function makeKeys(auth, count) {
  const { user } = await auth.api.signUpEmail({
    body: { email: 'bench@example.com', name: 'Bench', password: 'correct horse battery staple' },
  });
  while (secrets.length < count) {
    const name = `Link importer ${secrets.length}`;
    const made = await auth.api.createApiKey({ body: { userId: user.id, name, permissions } });
    secrets.push(made.key);
  }
}

function createVerifier(auth, isCaller) {
  return createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      if (!isCaller(request.headers.authorization)) {
        send(response, 401, { code: 'invalid_key' });
        return;
      }
      try {
        const { key, permissions } = JSON.parse(Buffer.concat(chunks).toString());
        const wanted = {};
        for (const permission of permissions) {
          const [resource, action] = permission.split(':');
          wanted[resource] = [...(wanted[resource] ?? []), action];
        }
        send(response, 200, await auth.api.verifyApiKey({ body: { key, permissions: wanted } }));
      } catch (error) {
        send(response, 500, { message: String(error) });
      }
    });
  });
}

function send(response, status, answer) {
  const text = JSON.stringify(answer);
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(text);
}
