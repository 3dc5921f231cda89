declare global {
  /** Where every copy of zod in a page reads its settings, whichever is loaded first. */
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

// Zod would compile its schemas. The content security policy forbids that, and every attempt, though
// caught, is reported. Set by hand, as `config` of zod would bring zod itself into the first page.
globalThis.__zod_globalConfig = { jitless: true };

export {};
