import postgres from 'postgres';

const duplicateDatabase = '42P04';
const uniqueViolation = '23505';

/** Makes the database `keyward` where it is missing, given the server's URL for it. */
export async function ensureDatabase(url: string): Promise<void> {
  const maintenanceUrl = new URL(url);
  maintenanceUrl.pathname = '/postgres';
  const sql = postgres(maintenanceUrl.href, { max: 1, connect_timeout: 30, onnotice: () => {} });
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = 'keyward'`;
    if (found.length === 0) await sql`CREATE DATABASE keyward`;
  } catch (error) {
    // A process that attaches in the first instant makes it too, and one of the two is second.
    const { code } = error as { code?: string };
    if (code !== duplicateDatabase && code !== uniqueViolation) throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
