import type { SnippetFacts } from './snippet.ts';

/** Locations of an nginx server that lets through what Keyward finds good, by auth_request. */
export function writeNginx({ service, publicUrl }: SnippetFacts): string {
  const { name } = service.header;
  const variable = `$http_${name.toLowerCase().replaceAll('-', '_')}`;
  // Without the name, a Keyward behind a shared address cannot tell which certificate is asked for.
  const tls = publicUrl.startsWith('https:') ? '  proxy_ssl_server_name on;\n' : '';
  return `location / {
  auth_request /_keyward;
  auth_request_set $keyward_key $upstream_http_x_keyward_key_id;
  auth_request_set $keyward_permissions $upstream_http_x_keyward_permissions;
  proxy_set_header X-Keyward-Key-Id $keyward_key;
  proxy_set_header X-Keyward-Permissions $keyward_permissions;
  # Your API.
  proxy_pass http://127.0.0.1:3000;
}

location = /_keyward {
  internal;
  proxy_pass ${publicUrl}/v1/forward-auth?service=${service.slug}&deny=403;
${tls}  proxy_pass_request_body off;
  proxy_pass_request_headers off;
  proxy_set_header Content-Length "";
  proxy_set_header ${name} ${variable};
  proxy_set_header X-Forwarded-For $remote_addr;
}`;
}
