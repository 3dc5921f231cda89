import type { Service } from '@keyward/shared/services';
import type { services } from '../database/schema/services.ts';

/** A service as both faces show it. */
export function presentService(row: typeof services.$inferSelect): Service {
  return {
    ...row.profile,
    id: row.id,
    status: row.disabledAt === null ? 'active' : 'disabled',
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
