import type { Key } from '@keyward/shared/keys';

type Metadata = Key['metadata'];

/** One name of the metadata with its value, as it stands in the form. */
export interface MetadataRow {
  /** For React alone: names change while they are written. */
  id: string;
  name: string;
  value: string;
  /** Whether the value is JSON and no plain text: what came as a number goes back as one. */
  isJson: boolean;
}

let made = 0;

export function newRow(row: Partial<MetadataRow> = {}): MetadataRow {
  made += 1;
  return { id: String(made), name: '', value: '', isJson: false, ...row };
}

export const toRows = (metadata: Metadata): MetadataRow[] =>
  Object.entries(metadata).map(([name, value]) =>
    typeof value === 'string'
      ? newRow({ name, value })
      : newRow({ name, value: JSON.stringify(value), isJson: true }),
  );

/** The rows as an object, or what is wrong with them. Rows with nothing in them do not count. */
export function readMetadata(rows: readonly MetadataRow[]): {
  value: Metadata;
  error: string | null;
} {
  const value: Metadata = {};
  let error: string | null = null;
  for (const row of rows.filter((one) => one.name !== '' || one.value !== '')) {
    if (row.name === '') {
      error ??= 'Give each value a name.';
    } else if (Object.hasOwn(value, row.name)) {
      error ??= `The name ${row.name} stands twice: keep one of them.`;
    }
    const read = readValue(row);
    if (read === undefined) {
      error ??= `The value of ${row.name} is JSON: write a number, true, false, null, or text in quotes.`;
    } else {
      value[row.name] = read;
    }
  }
  return { value, error };
}

function readValue({ value, isJson }: MetadataRow): Metadata[string] | undefined {
  if (!isJson) {
    return value;
  }
  try {
    return JSON.parse(value) as Metadata[string];
  } catch {
    return undefined;
  }
}
