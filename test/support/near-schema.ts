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
]
  .concat(['0x10', '1e1', ' 5', '+5', '5.0', '٣', 'a[]'])
  .concat([
    'x'.repeat(600),
    '0',
    '-1',
    '1e999',
    'null',
    '9999-12-31T23:59:59-14:00',
    '💥',
    '::1%1',
  ]);

const awkwardNumbers = [0, -0, -1, 0.5, 1e21, 1e300, 2 ** 31, 2 ** 53, Number.MIN_VALUE];

/** Anything that JSON can hold, awkward values first. */
const anything: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, [], {}, ...awkwardNumbers, ...awkwardTexts),
  fc.jsonValue({ maxDepth: 2, noUnicodeString: false }),
);

/**
 * Values near a JSON schema: half of them as it asks, half with something awkward in one place or
 * another, so that a server's every check is reached.
 * @param document in which the schema's references resolve.
 */
export function nearSchema(document: unknown, field: Field, hints: TextHints): Arbitrary<unknown> {
  return fc.oneof(
    valuesOf(field, { document, hints, awkward: false }),
    valuesOf(field, { document, hints, awkward: true }),
  );
}

interface Setting {
  document: unknown;
  hints: TextHints;
  awkward: boolean;
}

function valuesOf({ name, schema }: Field, setting: Setting): Arbitrary<unknown> {
  const resolved = resolve(setting.document, schema);
  const inner = (one: unknown, field = name) => valuesOf({ name: field, schema: one }, setting);
  const exact = exactly(resolved, inner, { name, ...setting });
  return now(setting, 12, exact, anything);
}

/** The first, and in an awkward setting once in a while the second. */
function now<Value>(
  { awkward }: Pick<Setting, 'awkward'>,
  weight: number,
  first: Arbitrary<Value>,
  second: Arbitrary<Value>,
): Arbitrary<Value> {
  return awkward ? fc.oneof({ weight, arbitrary: first }, { weight: 1, arbitrary: second }) : first;
}

type Inner = (schema: unknown, name?: string) => Arbitrary<unknown>;

function exactly(
  schema: Schema,
  inner: Inner,
  setting: Setting & { name: string },
): Arbitrary<unknown> {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return fc.oneof(...alternatives.map((one) => inner(one)));
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  switch (schema.type) {
    case 'object':
      return anObject(schema, inner, setting);
    case 'array':
      return fc.array(inner(schema.items ?? {}), { minLength: 1, maxLength: 3 });
    case 'integer':
    case 'number':
      return now(setting, 3, fc.integer({ min: 1, max: 100 }), fc.oneof(fc.integer(), fc.double()));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return aText(setting);
    default:
      return anything;
  }
}

function aText({ name, hints, awkward }: Setting & { name: string }): Arbitrary<string> {
  const anyText = fc.string({ unit: 'binary', maxLength: 80 });
  const spoiled = fc.oneof(anyText, fc.constantFrom(...awkwardTexts));
  return now({ awkward }, 5, fc.constantFrom(...(hints[name] ?? hints[''])), spoiled);
}

function anObject(
  schema: Schema,
  inner: Inner,
  setting: Setting,
): Arbitrary<Record<string, unknown>> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, unknown>);
  const known = fc.record(
    Object.fromEntries(properties.map(([name, one]) => [name, inner(one, name)])),
    { requiredKeys: (schema.required ?? []) as string[] },
  );
  const nothing = fc.constant<Record<string, unknown>>({});
  const extra = fc.dictionary(fc.string({ maxLength: 8 }), anything, { maxKeys: 2 });
  const isOpen = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  const added = isOpen ? fc.oneof(nothing, extra) : now(setting, 12, nothing, extra);
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
