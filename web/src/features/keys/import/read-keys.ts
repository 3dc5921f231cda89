import type { importKeysInput } from '@keyward/shared/keys';
import type { Service } from '@keyward/shared/services';
import type { z } from 'zod';

/** A key as `keys.import` takes it, and where in the text it stands, such as `line 3`. */
export interface FoundKey {
  place: string;
  key: z.input<typeof importKeysInput>['keys'][number];
}

export interface ReadKeys {
  found: FoundKey[];
  issues: { path: string; message: string }[];
}

interface Candidate {
  place: string;
  value: unknown;
}

// Cells of a table that are lists: their items stand one behind the other.
const lists = new Set(['permissions', 'ipAllowlist']);

/** The keys of a text: JSON, JSON a line, or CSV with a line of names. `service` is for those that name none. */
export async function readKeys(
  text: string,
  services: readonly Service[],
  service: string,
): Promise<ReadKeys> {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') {
    return refuse('Choose a file, or paste keys.');
  }
  try {
    const candidates = /^[[{]/.test(trimmed) ? readJson(trimmed) : await readTable(trimmed);
    return candidates.length === 0
      ? refuse('There is no key in it, only the line of names.')
      : await check(candidates, (value) => complete(value, services, service));
  } catch (error) {
    return refuse(error instanceof SyntaxError ? error.message : String(error));
  }
}

const refuse = (message: string): ReadKeys => ({ found: [], issues: [{ path: '', message }] });

function readJson(text: string): Candidate[] {
  const whole = parse(text);
  if (whole instanceof SyntaxError) {
    return text.split(/\r?\n/).flatMap((line, index) => {
      const place = `line ${index + 1}`;
      const value = line.trim() === '' ? undefined : parse(line);
      if (value instanceof SyntaxError) {
        throw new SyntaxError(`This is no JSON, as a whole or line by line: see ${place}.`);
      }
      return value === undefined ? [] : [{ place, value }];
    });
  }
  const inKeys = isRecord(whole) && Array.isArray(whole.keys) ? whole.keys : whole;
  return [inKeys].flat().map((value, index) => ({ place: `key ${index + 1}`, value }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

async function readTable(text: string): Promise<Candidate[]> {
  const { default: Papa } = await import('papaparse');
  const { data, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim(),
  });
  const fault = errors.find(({ code }) => code !== 'UndetectableDelimiter');
  if (fault !== undefined) {
    throw new SyntaxError(`Row ${(fault.row ?? 0) + 1} is no row of this table: ${fault.message}.`);
  }
  return data.map((row, index) => ({
    place: `row ${index + 1}`,
    value: Object.fromEntries(
      Object.entries(row)
        .map(([name, cell]) => [name, cell.trim()] as const)
        // An empty cell is a field that is left out.
        .filter(([, cell]) => cell !== '')
        .map(([name, cell]) => [name, lists.has(name) ? cell.split(/[\s;,]+/) : cell]),
    ),
  }));
}

async function check(
  candidates: readonly Candidate[],
  complete: (value: Record<string, unknown>) => Record<string, unknown>,
): Promise<ReadKeys> {
  // Fetched when it is first needed: the contract is larger than this page.
  const { importedKey } = await import('@keyward/shared/keys');
  const read: ReadKeys = { found: [], issues: [] };
  for (const { place, value } of candidates) {
    const key = isRecord(value) ? complete(value) : value;
    const { success, error } = importedKey.safeParse(key);
    if (success) {
      read.found.push({ place, key: key as FoundKey['key'] });
    } else {
      const messages = holdsSecret(value) ? [leaveOut] : error.issues.map(describe);
      read.issues.push(...messages.map((message) => ({ path: place, message })));
    }
  }
  return read;
}

/** What a key leaves out: its service, and the permissions that its service gives at first. */
function complete(
  value: Record<string, unknown>,
  services: readonly Service[],
  service: string,
): Record<string, unknown> {
  const named = { service, ...value };
  const profile = services.find(({ slug }) => slug === named.service);
  return { ...(profile && { permissions: profile.defaults.permissions }), ...named };
}

const leaveOut =
  'Leave the secret itself out. Keyward takes only its SHA-256, in hex, as secretSha256.';

const holdsSecret = (value: unknown) =>
  isRecord(value) && ['secret', 'key', 'token'].some((name) => name in value);

function describe(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return `A key has no field ${issue.keys.join(', ')}.`;
  }
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const message = isMissing ? 'This field is missing.' : issue.message;
  return field === '' ? message : `${field}: ${message}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
