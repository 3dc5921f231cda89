import { parseArgs } from 'node:util';
import { newPassword } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { email, line } from '@keyward/shared/text';
import { ZodError, z } from 'zod';
import { bootstrapInstance } from './accounts/bootstrap-instance.ts';
import { readConfig } from './config.ts';
import { connectDatabase } from './database/connect-database.ts';
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
`;

const bootstrapInput = z.strictObject({
  email,
  name: line(80).optional(),
  password: newPassword,
  organization: line(80),
});

async function bootstrap(values: Record<string, unknown>): Promise<void> {
  const input = bootstrapInput.parse(values);
  const name = input.name ?? input.email.slice(0, input.email.indexOf('@'));
  const config = readConfig(process.env);
  const embedded =
    config.databaseUrl === null
      ? await attachOrStartEmbeddedPostgres({ dataDirectory: config.dataDirectory, log: say })
      : null;
  const url = embedded?.url ?? config.databaseUrl ?? '';
  const connection = connectDatabase(url, 2);
  try {
    await migrateDatabase(url);
    await ensureOwnService(connection.database);
    const context = {
      database: connection.database,
      actor: { type: 'system' as const, name: 'keyward bootstrap' },
      requestId: createRequestId(),
      address: null,
      userAgent: null,
    };
    const made = await bootstrapInstance(context, { ...input, name });
    process.stdout.write(`${JSON.stringify(made)}\n`);
  } finally {
    await connection.close();
    await embedded?.stop();
  }
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
  if (help || positionals.join(' ') !== 'bootstrap') {
    say(usage);
    process.exitCode = help ? 0 : 1;
    return;
  }
  await bootstrap(input);
}

run().catch((error: unknown) => {
  const refusal = error instanceof ZodError ? describeInvalidInput(error) : error;
  say(refusal instanceof Error ? refusal.message : String(refusal));
  if (!(refusal instanceof DomainError)) {
    say(usage);
  }
  process.exitCode = 1;
});
