import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

export interface Script {
  name: string;
  /** As large as it goes over the wire. */
  bytes: number;
}

/** Every script that the page asks for from now on. */
export function watchScripts(page: Page): () => Promise<Script[]> {
  const scripts: Promise<Script>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') {
      const script = response.body().then((body) => ({
        name: new URL(response.url()).pathname.split('/').at(-1) ?? '',
        bytes: gzipSync(body).length,
      }));
      // The page may be closed before it is read, when nobody asks for it any more.
      script.catch(() => {});
      scripts.push(script);
    }
  });
  return () => Promise.all(scripts);
}
