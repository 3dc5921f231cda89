import { createHash } from 'node:crypto';
import { DomainError } from '@keyward/shared/errors';
import {
  exposureAnswer,
  exposureReport,
  type MatchFeedback,
  plainReport,
  signedReport,
} from '@keyward/shared/exposures';
import { line } from '@keyward/shared/text';
import { z } from 'zod';
import { throttleReports } from '../../accounts/throttle-reports.ts';
import type { FoundSecret } from '../../keys/exposed/suspend-exposed.ts';
import { suspendExposed } from '../../keys/exposed/suspend-exposed.ts';
import { redacted, redactSecrets } from '../../redact-secrets.ts';
import { identifierHeader, readSignedMessage, signatureHeader } from '../github-signature.ts';
import {
  type RestAnswer,
  type RestRequest,
  type Route,
  refuseQuery,
  requireBody,
} from '../route.ts';

const longestUrl = 2048;

export const exposedKeysRoute: Route = {
  method: 'post',
  path: '/v1/exposed-keys',
  summary: 'Report a secret that was found in the open. Its key is suspended at once.',
  permission: null,
  isOpen: true,
  input: {
    body: exposureReport,
    // GitHub sends all matches of a push at once.
    maximumBodyBytes: 1024 * 1024,
    keepsRawBody: true,
    headers: z.object({
      [identifierHeader]: z.string().optional(),
      [signatureHeader]: z.string().optional(),
    }),
  },
  output: { status: 200, schema: exposureAnswer },
  async serve(request) {
    refuseQuery(request.query);
    const body = requireBody(request.body);
    const signed = readSignedMessage(request, request.instance.githubKeys);
    return signed === null
      ? takePlainReport(request, body)
      : { status: 200, body: await takeSignedReport(request, body, signed) };
  },
};

/**
 * The same answer for a secret that is known, and the same way to it. Its time may betray one that was
 * good by the moment that the nodes take to hear of it, which is no more than /v1/test tells its holder.
 */
async function takePlainReport(request: RestRequest, body: unknown): Promise<RestAnswer> {
  if (Array.isArray(body)) {
    throw new DomainError(
      'invalid_request',
      `Sign a list of matches, in ${signatureHeader}; without a signature send {"secret": "…"}.`,
    );
  }
  const { secret, url, source } = plainReport.parse(body);
  await throttleReports(request.context);
  const found = toFound({ token: secret, url, source });
  const exposure = { reporter: 'holder' as const, found: [found], signed: null };
  const { receipt } = await suspendExposed(request.context, exposure);
  return { status: 200, body: { received: true, effectiveAt: receipt.effectiveAt } };
}

async function takeSignedReport(
  request: RestRequest,
  body: unknown,
  signed: NonNullable<ReturnType<typeof readSignedMessage>>,
): Promise<MatchFeedback[]> {
  const matches = signedReport.parse(body);
  const found = matches.map(toFound);
  const exposure = { reporter: 'github' as const, found, signed };
  const { isKnown } = await suspendExposed(request.context, exposure);
  return matches.map(({ token, type }, index) => ({
    token_hash: createHash('sha256').update(token).digest('hex'),
    token_type: withoutSecret(type, token),
    label: isKnown[index] ? 'true_positive' : 'false_positive',
  }));
}

interface Told {
  token: string;
  url?: string | undefined;
  source?: string | undefined;
}

function toFound({ token, url, source }: Told): FoundSecret {
  return {
    plaintextSecret: token,
    url: readAddress(url, token),
    source: source === undefined ? null : readSource(source, token),
  };
}

/** An address that a browser may be sent to; null for any other, for the report counts without it. */
function readAddress(url: string | undefined, token: string): string | null {
  const address = url === undefined ? null : URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    return null;
  }
  address.username = '';
  address.password = '';
  const text = withoutSecret(address.href, token);
  return text.length > longestUrl ? null : text;
}

const shortLine = line(100);

function readSource(source: string, token: string): string | null {
  const read = shortLine.safeParse(withoutSecret(source, token));
  return read.success ? read.data : null;
}

/** What is kept and shown of a report never holds the secret that it is about, or another. */
function withoutSecret(text: string, token: string): string {
  const plain = token === '' ? text : text.replaceAll(token, redacted);
  return redactSecrets(
    plain.replaceAll(encodeURIComponent(token.toWellFormed()) || redacted, redacted),
  );
}
