import type { ServiceProfile } from '@keyward/shared/service-profile';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { services } from '../database/schema/services.ts';

/** The headers in which the services of the catalog take their keys. */
export async function listKeyHeaders(context: Context): Promise<ServiceProfile['header'][]> {
  const rows = await context.database
    .selectDistinct({
      header: sql<ServiceProfile['header']>`${services.profile} -> 'header'`,
    })
    .from(services);
  return rows.map((row) => row.header);
}
