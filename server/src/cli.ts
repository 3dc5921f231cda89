import { parseArgs } from 'node:util';
import { emailInput, newPassword } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { email, line } from '@keyward/shared/text';
import { ZodError, z } from 'zod';
import { bootstrapInstance } from './accounts/bootstrap-instance.ts';
import { makeResetLink, resetUrl } from './accounts/password-reset/make-reset-link.ts';
import { removeFactors } from './accounts/second-factor/remove-factors.ts';
import { reportAuditChains } from './audit/report-audit-chains.ts';
import { readConfig } from './config.ts';
import { connectDatabase, type Database } from './database/connect-database.ts';
import { createRequestId } from './database/create-id.ts';
import { attachOrStartEmbeddedPostgres } from './database/embedded-postgres/start-embedded-postgres.ts';
import { migrateDatabase } from './database/migrate-database.ts';
import { describeInvalidInput } from './http/describe-invalid-input.ts';
import { ensureOwnService } from './services/ensure-own-service.ts';

const usage = `Usage:
  npm run --silent keyward -- bootstrap --email E --password P --organization NAME [--name NAME]
    Makes the operator, an organization and a bot key that manages every organization,
    and prints one line of JSON: {"organizationId","userId","keyId","secret"}.
    For an empty instance, whether or not its server is running.

  npm run --silent keyward -- audit verify [--organization SLUG-OR-ID]
    Looks through the audit log of every organization, and that of accounts and services, for events
    that were changed, removed or put in another order. Ends with 1 when one is broken.
    Whether or not the server is running; it only reads.

  npm run --silent keyward -- reset-password --email E
    Makes a link by which its bearer sets a new password for that account, once, for an hour,
    and prints one line of JSON: {"url","expiresAt"}. A second factor is still asked for.

  npm run --silent keyward -- remove-second-factors --email E
    Takes the authenticator, passkeys and recovery codes from that account, signs it out everywhere,
    and prints one line of JSON: {"authenticator","passkeys","sessionsEnded"}.
`;

const bootstrapInput = z.strictObject({
  email,
  name: line(80).optional(),
  password: newPassword,
  organization: line(80),
});

const verifyInput = z.strictObject({ organization: z.string().min(1).optional() });

type Values = Record<string, unknown>;

const commands = new Map<string, (values: Values) => Promise<void>>([
  ['bootstrap', bootstrap],
  ['audit verify', verifyAudit],
  ['reset-password', resetPassword],
  ['remove-second-factors', removeSecondFactors],
]);

async function bootstrap(values: Values): Promise<void> {
  const input = bootstrapInput.parse(values);
  const name = input.name ?? input.email.slice(0, input.email.indexOf('@'));
  await withDatabase(async (database, url) => {
    await migrateDatabase(url);
    await ensureOwnService(database);
    const context = contextOf(database, 'keyward bootstrap');
    const made = await bootstrapInstance(context, { ...input, name });
    print(JSON.stringify(made));
  });
}

async function resetPassword(values: Values): Promise<void> {
  const input = emailInput.parse(values);
  await withDatabase(async (database, url) => {
    await migrateDatabase(url);
    const context = contextOf(database, 'keyward reset-password');
    const { token, expiresAt } = await makeResetLink(context, input.email);
    print(JSON.stringify({ url: resetUrl(baseUrl(), token), expiresAt }));
  });
}

async function removeSecondFactors(values: Values): Promise<void> {
  const input = emailInput.parse(values);
  const mailing = readConfig(process.env).smtpUrl === null ? null : { baseUrl: baseUrl() };
  await withDatabase(async (database, url) => {
    await migrateDatabase(url);
    const context = contextOf(database, 'keyward remove-second-factors');
    print(JSON.stringify(await removeFactors(context, input.email, mailing)));
  });
}

/** Where this Keyward is reached. */
function baseUrl(): string {
  const { host, port, publicUrl } = readConfig(process.env);
  return publicUrl ?? `http://${host}:${port}`;
}

const contextOf = (database: Database, name: string) => ({
  database,
  actor: { type: 'system' as const, name },
  requestId: createRequestId(),
  address: null,
  userAgent: null,
});

async function verifyAudit(values: Values): Promise<void> {
  const { organization = null } = verifyInput.parse(values);
  await withDatabase(async (database) => {
    const isWhole = await reportAuditChains(database, {
      organization,
      tell: print,
      tellProgress: say,
    });
    process.exitCode = isWhole ? 0 : 1;
  });
}

/** Works on the configured database, whose server is started where it is ours and does not run. */
async function withDatabase(work: (database: Database, url: string) => Promise<void>) {
  const config = readConfig(process.env);
  const embedded =
    config.databaseUrl === null
      ? await attachOrStartEmbeddedPostgres({ dataDirectory: config.dataDirectory, log: say })
      : null;
  const url = embedded?.url ?? config.databaseUrl ?? '';
  const connection = connectDatabase(url, 2);
  try {
    await work(connection.database, url);
  } finally {
    await connection.close();
    await embedded?.stop();
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      password: { type: 'string' },
      organization: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const { help, ...input } = values;
  const command = commands.get(positionals.join(' '));
  if (help || command === undefined) {
    say(usage);
    process.exitCode = help ? 0 : 1;
    return;
  }
  await command(input);
}

run().catch((error: unknown) => {
  const refusal = error instanceof ZodError ? describeInvalidInput(error) : error;
  say(refusal instanceof Error ? refusal.message : String(refusal));
  if (!(refusal instanceof DomainError)) {
    say(usage);
  }
  process.exitCode = 1;
});
