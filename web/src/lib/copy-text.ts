/** Copies text; false when the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http there is no clipboard API, but the old command still works.
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const carrier = document.createElement('span');
  carrier.textContent = text;
  carrier.style.cssText = 'position:fixed;inset:0 auto auto 0;opacity:0;white-space:pre';
  document.body.append(carrier);
  const selection = getSelection();
  const range = document.createRange();
  range.selectNodeContents(carrier);
  selection?.removeAllRanges();
  selection?.addRange(range);
  const copied = document.execCommand('copy');
  selection?.removeAllRanges();
  carrier.remove();
  return copied;
}
