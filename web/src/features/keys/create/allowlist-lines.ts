/** An entry of an allowlist as it was typed, and the number of its line, from one. */
export interface AllowlistEntry {
  text: string;
  line: number;
}

/** The entries of an allowlist that is typed one a line; commas and spaces divide them too. */
export function readAllowlist(typed: string): AllowlistEntry[] {
  return typed.split('\n').flatMap((row, index) =>
    row
      .split(/[\s,]+/)
      .filter((text) => text !== '')
      .map((text) => ({ text, line: index + 1 })),
  );
}

/** The allowlist with one more entry at its end, or as it is when it holds that already. */
export function addToAllowlist(typed: string, entry: string): string {
  const isHeld = readAllowlist(typed).some(({ text }) => text === entry);
  return isHeld ? typed : [typed.trimEnd(), entry].filter((line) => line !== '').join('\n');
}
