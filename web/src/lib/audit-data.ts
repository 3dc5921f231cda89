// What an event records depends on its action: these read it without trusting its shape.

/** What stands at a path within what was recorded; undefined where there is nothing. */
export function valueAt(data: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined,
    data,
  );
}

export function textAt(data: unknown, ...path: string[]): string | null {
  const value = valueAt(data, ...path);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberAt(data: unknown, ...path: string[]): number | null {
  const value = valueAt(data, ...path);
  return typeof value === 'number' ? value : null;
}
