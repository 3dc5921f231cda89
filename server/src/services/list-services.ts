import type { Service } from '@keyward/shared/services';
import { asc } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { services } from '../database/schema/services.ts';
import { presentService } from './present-service.ts';

/** The whole catalog: a few services, which every organization may hold keys of. */
export async function listServices(context: Context): Promise<Service[]> {
  const rows = await context.database.select().from(services).orderBy(asc(services.slug));
  return rows.map(presentService);
}
