import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect } from 'vitest';

export interface ReceivedMail {
  from: string;
  /** As the envelope names them. */
  to: string[];
  /** As they came, names in lower case; folded lines are joined. */
  headers: Map<string, string[]>;
  text: string;
  html: string;
}

/** A real SMTP server that keeps what it is given. */
export async function startMailServer() {
  const received: ReceivedMail[] = [];
  /** What it answers instead of taking a mail. */
  const refusals: { recipient: string | null; message: string | null } = {
    recipient: null,
    message: null,
  };
  const refusal = (text: string) =>
    Object.assign(new Error(text), { responseCode: Number(text.slice(0, 3)) });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'keyward' && password === 'right'
        ? done(null, { user: username })
        : done(refusal('535 wrong credentials')),
    onRcptTo: (_address, _session, done) =>
      done(refusals.recipient === null ? null : refusal(refusals.recipient)),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusals.message !== null) {
          done(refusal(refusals.message));
          return;
        }
        received.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          ...read(Buffer.concat(chunks).toString('utf8')),
        });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    refusals,
    /** The mail to an address, once it has come. */
    async mailTo(email: string, nth = 0): Promise<ReceivedMail> {
      const found = () => received.filter(({ to }) => to.includes(email))[nth];
      await expect.poll(found, { timeout: 10_000 }).toBeDefined();
      const mail = found();
      if (mail === undefined) throw new Error('The mail is gone.');
      return mail;
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** The token in a link of a mail. */
export function tokenIn({ text }: ReceivedMail, path: string): string {
  const [, token] = new RegExp(`/${path}#([\\w-]{43})\\b`).exec(text) ?? [];
  if (token === undefined) throw new Error(`No link to /${path} stands in: ${text}`);
  return token;
}

function read(source: string): Pick<ReceivedMail, 'headers' | 'text' | 'html'> {
  const [headers, body] = readPart(source);
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(headers.get('content-type')?.[0] ?? '') ?? [];
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => readPart(part.replace(/^\r\n/, '')));
  const ofType = (type: string) =>
    parts
      .filter(([own]) => own.get('content-type')?.[0]?.startsWith(type))
      .map(([own, text]) => decode(text, own.get('content-transfer-encoding')?.[0] ?? '7bit'))
      .join('');
  return { headers, text: ofType('text/plain'), html: ofType('text/html') };
}

function readPart(source: string): [Map<string, string[]>, string] {
  const end = source.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const [name = '', ...value] = line.split(':');
    const known = headers.get(name.toLowerCase()) ?? [];
    headers.set(name.toLowerCase(), [...known, decodeWords(value.join(':').trim())]);
  }
  return [headers, source.slice(end + 4)];
}

/** Words that are encoded to fit a header (RFC 2047). */
const decodeWords = (value: string) =>
  value
    .replace(/\?= +=\?/g, '?==?')
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, word) =>
      decode(word.replaceAll('_', ' '), 'quoted-printable'),
    );

function decode(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return text;
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
