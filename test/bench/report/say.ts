/** Progress goes to standard error: standard output belongs to the table. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
