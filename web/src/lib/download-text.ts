/** Hands text over as a file, in one piece or in parts. Its address holds none of it, and ends once the browser has taken it. */
export function downloadText(
  fileName: string,
  text: string | readonly string[],
  type = 'text/plain',
): void {
  const url = URL.createObjectURL(new Blob([text].flat(), { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // Some browsers read the file only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
