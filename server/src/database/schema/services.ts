import type { ServiceProfile } from '@keyward/shared/service-profile';
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

export const services = pgTable('services', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  profile: jsonb('profile').$type<ServiceProfile>().notNull(),
  disabledAt: moment('disabled_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});
