import fc, { type Arbitrary } from 'fast-check';

type Schema = Record<string, unknown>;

/** Strings that mean something to the server, by the name of the field; `''` for any other field. */
export type TextHints = Record<string, readonly string[]> & { '': readonly string[] };

interface Field {
  name: string;
  schema: unknown;
}

const awkwardTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '__proto__',
  '../..',
  '%00',
  'a\r\nb: c',
  '\u202e',
].concat(['x'.repeat(600), '0', '-1', '1e999', 'null', '9999-12-31T23:59:59-14:00', '💥', '::1%1']);

const awkwardNumbers = [0, -0, -1, 0.5, 1e21, 1e300, 2 ** 31, 2 ** 53, Number.MIN_VALUE];

/** Anything that JSON can hold, awkward values first. */
const anything: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, [], {}, ...awkwardNumbers, ...awkwardTexts),
  fc.jsonValue({ maxDepth: 2, noUnicodeString: false }),
);

/**
 * Values near a JSON schema: as it asks for the most part, with something awkward in one place or
 * another, so that a server's every check is reached.
 * @param document in which the schema's references resolve.
 */
export function nearSchema(document: unknown, field: Field, hints: TextHints): Arbitrary<unknown> {
  const schema = resolve(document, field.schema);
  const inner = (one: unknown, name = field.name) =>
    nearSchema(document, { name, schema: one }, hints);
  return fc.oneof(
    { weight: 15, arbitrary: exactly(schema, inner, hints[field.name] ?? hints['']) },
    { weight: 1, arbitrary: anything },
  );
}

type Inner = (schema: unknown, name?: string) => Arbitrary<unknown>;

function exactly(schema: Schema, inner: Inner, texts: readonly string[]): Arbitrary<unknown> {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return fc.oneof(...alternatives.map((one) => inner(one)));
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  switch (schema.type) {
    case 'object':
      return anObject(schema, inner);
    case 'array':
      return fc.array(inner(schema.items ?? {}), { maxLength: 3 });
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer(), fc.double());
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...texts) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
        { weight: 1, arbitrary: fc.constantFrom(...awkwardTexts) },
      );
    default:
      return anything;
  }
}

function anObject(schema: Schema, inner: Inner): Arbitrary<Record<string, unknown>> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, unknown>);
  const known = fc.record(
    Object.fromEntries(properties.map(([name, one]) => [name, inner(one, name)])),
    { requiredKeys: (schema.required ?? []) as string[] },
  );
  const isOpen = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  const added = fc.oneof(
    { weight: isOpen ? 1 : 12, arbitrary: fc.constant<Record<string, unknown>>({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 8 }), anything, { maxKeys: 2 }) },
  );
  return fc.tuple(known, added).map(([one, other]) => ({ ...other, ...one }));
}

function resolve(document: unknown, schema: unknown): Schema {
  const { $ref } = (schema ?? {}) as { $ref?: string };
  if ($ref === undefined) return (schema ?? {}) as Schema;
  const target = $ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, step) => (value as Schema | undefined)?.[step], document);
  return resolve(document, target);
}
