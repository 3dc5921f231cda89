import { type FormErrors, schemaResolver } from '@mantine/form';
import type { z } from 'zod';

/**
 * Validates a form by a contract that is fetched when it is first needed: the first page of a visit is
 * lighter without it. Should it not arrive, the server still decides.
 */
export function lazySchema<Values extends Record<string, unknown>>(
  load: () => Promise<z.ZodType>,
): (values: Values) => Promise<FormErrors> {
  return async (values) => {
    const schema = await load().catch(() => null);
    return schema === null ? {} : schemaResolver(schema, { sync: true })(values);
  };
}
