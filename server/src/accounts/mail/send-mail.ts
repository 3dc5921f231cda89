import { createTransport, type Transporter } from 'nodemailer';
import type { ComposedMail } from './compose-mail.ts';

/** Where mail is handed over, and as whose. */
export interface MailSettings {
  /** smtp:// or smtps://, with the credentials. */
  smtpUrl: string;
  from: string;
}

export interface MailServer {
  send(to: string, mail: ComposedMail): Promise<void>;
  /** Breaks off what is being sent. */
  close(): void;
}

/** A mail server that is spoken to for each mail anew: a lost one costs that mail's attempt alone. */
export function openMailServer({ smtpUrl, from }: MailSettings): MailServer {
  const transport: Transporter = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The transport's own close leaves a connection alone that is at work.
  const closing = new AbortController();
  return {
    async send(to, { subject, text, html }) {
      // As an object the address is taken as it is, and not read as a list of several.
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: closing.signal,
      });
    },
    close() {
      closing.abort();
      transport.close();
    },
  };
}

/** Why a mail was not sent, for people; and whether another attempt could change that. */
export function describeMailFailure(error: unknown): { sentence: string; mayPass: boolean } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (code === 'EAUTH') {
    return {
      sentence: 'The mail server did not accept Keyward’s user and password.',
      mayPass: true,
    };
  }
  if (code === 'EABORT') {
    return { sentence: 'Keyward was stopped while it sent the mail.', mayPass: true };
  }
  if (typeof responseCode === 'number' && responseCode >= 500 && code === 'EENVELOPE') {
    return { sentence: 'The mail server refused this address.', mayPass: false };
  }
  if (typeof responseCode === 'number') {
    return { sentence: `The mail server did not take the mail (${responseCode}).`, mayPass: true };
  }
  return { sentence: 'The mail server could not be reached.', mayPass: true };
}
