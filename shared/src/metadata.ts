import { z } from 'zod';

const maximumBytes = 4096;
const maximumDepth = 16;
const maximumNameLength = 64;

/** Any JSON object of the caller's own, at most 4 KiB in UTF-8 and 16 levels deep. */
export const metadata = z
  .custom<Record<string, z.core.util.JSONType>>((value) => findFaultOfMetadata(value) === null, {
    error: ({ input }) => findFaultOfMetadata(input) ?? undefined,
  })
  // A check of our own says nothing of itself to OpenAPI.
  .meta({ override: { type: 'object', additionalProperties: {} } });

function findFaultOfMetadata(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'Write a JSON object.';
  }
  const fault = findFaultWithin(value, maximumDepth);
  if (fault !== null) {
    return fault;
  }
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  return bytes <= maximumBytes ? null : 'Use at most 4 KiB of metadata.';
}

/** What cannot be stored and read back unchanged, as a sentence; null when all of it can. */
function findFault(value: unknown, depth: number): string | null {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() && !value.includes('\0')
        ? null
        : 'NUL characters and broken Unicode are not allowed.';
    case 'number':
      return Number.isFinite(value) ? null : 'Write numbers that JSON can hold.';
    case 'boolean':
      return null;
    case 'object':
      return value === null ? null : findFaultWithin(value, depth - 1);
    default:
      return 'Write JSON alone.';
  }
}

function findFaultWithin(value: object, depth: number): string | null {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) {
    return 'Write JSON alone.';
  }
  if (depth < 0) {
    return `Nest metadata at most ${maximumDepth} levels deep.`;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__') {
      return 'The name __proto__ is not allowed.';
    }
    if (name.length > maximumNameLength) {
      return `Use names of at most ${maximumNameLength} characters in metadata.`;
    }
    const fault = findFault(name, depth) ?? findFault(inner, depth);
    if (fault !== null) {
      return fault;
    }
  }
  return null;
}
