import { createPublicKey, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback, parseAddressRange } from './addresses.ts';

const isRange = (text: string) => parseAddressRange(text) !== null;

const list = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ''))
  .refine((entries) => entries.every(isRange), 'write addresses or CIDRs, such as 10.0.0.0/8');

const githubKeysAdvice =
  'write what https://api.github.com/meta/public_keys/secret_scanning answers';

/** As GitHub publishes them. A key of another curve would never verify, and say so too late. */
const githubKeys = z
  .string()
  .transform((text, { addIssue }) => {
    try {
      return readPublicKeys(JSON.parse(text));
    } catch {
      addIssue({ code: 'custom', message: githubKeysAdvice });
      return z.NEVER;
    }
  })
  .refine(
    (keys) => [...keys.values()].every(isP256),
    'write public keys of ECDSA on P-256, as GitHub has them',
  );

function readPublicKeys(document: unknown): ReadonlyMap<string, KeyObject> {
  const published = z.object({
    public_keys: z.array(z.object({ key_identifier: z.string().min(1), key: z.string() })).min(1),
  });
  const { public_keys } = published.parse(document);
  return new Map(public_keys.map((one) => [one.key_identifier, createPublicKey(one.key)]));
}

const isP256 = (key: KeyObject): boolean => key.asymmetricKeyDetails?.namedCurve === 'prime256v1';

const environment = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'write a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'write a number from 0 to 65535')
      .default(4400),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'write postgres://user:password@host/database' })
      .optional(),
    KEYWARD_DATA_DIR: z.string().min(1).default('.keyward'),
    KEYWARD_PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'write an address such as https://keys.example.com' })
      .optional(),
    KEYWARD_TRUSTED_PROXIES: list.default([]),
    KEYWARD_WEBHOOK_RANGES: list.default([]),
    KEYWARD_GITHUB_SECRET_SCANNING_KEYS: githubKeys.default(new Map()),
    KEYWARD_WORKERS: z
      .string()
      .regex(/^(auto|[1-9]\d?)$/, 'write auto, or a number from 1 to 99')
      .transform((text) => (text === 'auto' ? availableParallelism() : Number(text)))
      .default(1),
    KEYWARD_SIGN_UP: z.enum(['first', 'open', 'closed']).default('first'),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'write smtp://user:password@host:port, or smtps://…' })
      .optional(),
    KEYWARD_OIDC_ISSUER: z
      .url({ protocol: /^https?$/, error: 'write an address such as https://id.example.com' })
      .refine(
        (url) => url.startsWith('https:') || (URL.canParse(url) && isLoopback(new URL(url))),
        'write an address with https',
      )
      .optional(),
    KEYWARD_OIDC_CLIENT_ID: z.string().min(1).optional(),
    KEYWARD_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    KEYWARD_OIDC_NAME: z.string().trim().min(1).max(40).default('single sign-on'),
    KEYWARD_OIDC_SECOND_FACTOR_ACR: z.string().min(1).optional(),
    KEYWARD_MAIL_FROM: z
      .string()
      .regex(
        /^([^<>@\p{Cc}]* )?<?[^\s<>@,;]+@[^\s<>@,;]+>?$/u,
        'write an address, such as Keyward <keyward@example.com>',
      )
      .optional(),
  })
  .refine(
    (one) => (one.KEYWARD_OIDC_ISSUER === undefined) === (one.KEYWARD_OIDC_CLIENT_ID === undefined),
    {
      path: ['KEYWARD_OIDC_ISSUER'],
      error: 'set it together with KEYWARD_OIDC_CLIENT_ID, or neither',
    },
  );

export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** Null for a public client. */
  clientSecret: string | null;
  /** For the button. */
  name: string;
  /** An `acr` that is asked for, and that counts as a second factor. */
  secondFactorAcr: string | null;
}

/** The settings of this process, from the environment. */
export interface Config {
  host: string;
  port: number;
  /** Null takes the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** Absolute: the embedded database's files. */
  dataDirectory: string;
  /** Without a slash at its end; null until the port is known, where none was set. */
  publicUrl: string | null;
  trustedProxies: readonly string[];
  /** Where webhooks may go although it is no public address, and by plain http too. */
  webhookRanges: readonly string[];
  /** By which GitHub signs its reports of exposed keys, by their identifiers; empty takes none. */
  githubKeys: ReadonlyMap<string, KeyObject>;
  signUp: 'first' | 'open' | 'closed';
  /** Null sends no mail. */
  smtpUrl: string | null;
  /** As whom mail is sent. */
  mailFrom: string;
  /** The provider of OpenID Connect that signs people in; null for none. */
  oidc: OidcSettings | null;
  /** Processes that judge keys on this machine. */
  workers: number;
  /** Fills an empty instance with made-up organizations, keys and traffic. */
  demo: boolean;
}

/** Parses the environment. Unset and empty are the same. Throws one error that names every bad setting. */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Settings to mend in the environment:\n  ${faults.join('\n  ')}`);
  }
  const settings = parsed.data;
  return {
    host: settings.HOST,
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL ?? null,
    dataDirectory: resolve(settings.KEYWARD_DATA_DIR),
    publicUrl: settings.KEYWARD_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustedProxies: settings.KEYWARD_TRUSTED_PROXIES,
    webhookRanges: settings.KEYWARD_WEBHOOK_RANGES,
    githubKeys: settings.KEYWARD_GITHUB_SECRET_SCANNING_KEYS,
    signUp: settings.KEYWARD_SIGN_UP,
    smtpUrl: settings.SMTP_URL ?? null,
    mailFrom: settings.KEYWARD_MAIL_FROM ?? `Keyward <keyward@${mailHost(settings)}>`,
    oidc: readOidc(settings),
    workers: settings.KEYWARD_WORKERS,
    demo: false,
  };
}

/** The name that this Keyward is reached by. Addresses of the internet protocol are none that mail knows. */
function mailHost({ HOST, KEYWARD_PUBLIC_URL: url }: z.infer<typeof environment>): string {
  const host = url === undefined ? HOST : new URL(url).hostname;
  return parseAddressRange(host.replace(/^\[|\]$/g, '')) === null ? host : 'localhost';
}

function readOidc(settings: z.infer<typeof environment>): OidcSettings | null {
  const { KEYWARD_OIDC_ISSUER: issuer, KEYWARD_OIDC_CLIENT_ID: clientId } = settings;
  if (issuer === undefined || clientId === undefined) {
    return null;
  }
  return {
    issuer,
    clientId,
    clientSecret: settings.KEYWARD_OIDC_CLIENT_SECRET ?? null,
    name: settings.KEYWARD_OIDC_NAME,
    secondFactorAcr: settings.KEYWARD_OIDC_SECOND_FACTOR_ACR ?? null,
  };
}
