import { base62 } from './base62.ts';
import { secretChecksumLength, secretRandomLength } from './secret-format.ts';
import type { Environment, ServiceProfile } from './service-profile.ts';

/** What the keys of one service, tier and environment look like. */
export interface SecretShape {
  prefix: string;
  service: string;
  tier: string;
  environment: Environment;
  /** For RE2 and every engine that knows `\b`. */
  pattern: string;
}

/** What a scanner needs to find the secrets of this Keyward, and where to report them. */
export interface SecretPatterns {
  /** Finds a secret of any shape. */
  pattern: string;
  shapes: SecretShape[];
  /** By it a scanner tells a secret from noise before it asks anybody. */
  checksum: { algorithm: 'CRC-32'; encoding: string; alphabet: string; length: number; of: string };
  /** A rule for gitleaks, in TOML. */
  gitleaks: string;
  /** Takes `POST {"secret": "…", "url": "…"}`. */
  reportUrl: string;
}

/** For secret scanners: finds every secret that begins with one of the prefixes. */
export function secretPattern(prefixes: readonly string[]): string {
  const length = secretRandomLength + secretChecksumLength;
  return `\\b(?:${[...new Set(prefixes)].sort().join('|')})[0-9A-Za-z]{${length}}\\b`;
}

type Shaped = Pick<ServiceProfile, 'slug' | 'tiers'>;

/** @param publicUrl where this Keyward is reached, without a slash at its end. */
export function describeSecretPatterns(
  services: readonly Shaped[],
  publicUrl: string,
): SecretPatterns {
  const shapes = services.flatMap(shapesOf);
  const prefixes = [...new Set(shapes.map(({ prefix }) => prefix))].sort();
  const pattern = secretPattern(prefixes);
  const length = secretChecksumLength;
  return {
    pattern,
    shapes,
    checksum: {
      algorithm: 'CRC-32',
      encoding: 'base62, most significant digit first',
      alphabet: base62,
      length,
      of: `everything before the last ${length} characters: the prefix and ${secretRandomLength} random characters`,
    },
    gitleaks: gitleaksRule(pattern, prefixes, publicUrl),
    reportUrl: `${publicUrl}/v1/exposed-keys`,
  };
}

function shapesOf({ slug, tiers }: Shaped): SecretShape[] {
  return tiers.flatMap(({ name, prefixes }) =>
    (['live', 'test'] as const).flatMap((environment) => {
      const prefix = prefixes[environment];
      return prefix === undefined
        ? []
        : [{ prefix, service: slug, tier: name, environment, pattern: secretPattern([prefix]) }];
    }),
  );
}

// A literal string of TOML: nothing in a pattern or in an address is escaped, and neither holds ''' .
function gitleaksRule(pattern: string, prefixes: readonly string[], publicUrl: string): string {
  return `[[rules]]
id = "keyward-api-key"
description = "A key of ${publicUrl}: report it there, or revoke it."
regex = '''${pattern}'''
keywords = [${prefixes.map((prefix) => `"${prefix}"`).join(', ')}]
`;
}
