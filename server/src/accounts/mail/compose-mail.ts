/** What a mail says. Each paragraph is plain text. */
export interface MailText {
  subject: string;
  paragraphs: readonly string[];
  /** Stands between the first paragraph and the others. */
  link?: { label: string; url: string };
}

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

const special: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (one) => special[one] ?? one);

/** In one line: what a header may hold, whatever came before the rules for names. */
export const inOneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** A mail as plain text and as simple HTML, which loads nothing from anywhere. Pure. */
export function composeMail({ subject, paragraphs, link }: MailText): ComposedMail {
  const [first = '', ...others] = paragraphs.map(inOneLine);
  const lines = [first, ...(link === undefined ? [] : [link.url]), ...others];
  const button =
    link === undefined
      ? ''
      : `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p><p>${escapeHtml(link.url)}</p>`;
  const rest = others.map((text) => `<p>${escapeHtml(text)}</p>`).join('');
  return {
    subject: inOneLine(subject),
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body style="font-family:sans-serif;max-width:36em"><p>${escapeHtml(first)}</p>${button}${rest}</body></html>`,
  };
}
