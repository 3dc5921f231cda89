import { DomainError } from '@keyward/shared/errors';
import type { Service } from '@keyward/shared/services';
import { slug as slugFormat } from '@keyward/shared/text';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { services } from '../database/schema/services.ts';
import { presentService } from './present-service.ts';

export async function getService(context: Context, slug: string): Promise<Service> {
  const [row] = slugFormat.safeParse(slug).success
    ? await context.database.select().from(services).where(eq(services.slug, slug))
    : [];
  if (row === undefined) {
    throw new DomainError('not_found', 'There is no such service: list the services to see all.');
  }
  return presentService(row);
}
