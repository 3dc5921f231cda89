import type { SnippetFacts } from './snippet.ts';

/** A site of a Caddyfile that lets through what Keyward finds good, by forward_auth. */
export function writeCaddy({ service, publicUrl }: SnippetFacts): string {
  const { origin, pathname } = new URL(publicUrl);
  const path = pathname.replace(/\/$/, '');
  return `api.example.com {
  # Callers send ${describe(service.header)}
  forward_auth ${origin} {
    uri ${path}/v1/forward-auth?service=${service.slug}
    header_up Host {upstream_hostport}
    header_up -Cookie
    copy_headers X-Keyward-Key-Id X-Keyward-Permissions
  }
  # Your API.
  reverse_proxy 127.0.0.1:3000
}`;
}

const describe = ({ name, scheme }: SnippetFacts['service']['header']) =>
  `${name}: ${scheme === null ? '' : `${scheme} `}<key>`;
