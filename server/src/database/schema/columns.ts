import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A moment in UTC, to the millisecond: what JavaScript's Date can hold. */
export const moment = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
