import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The browser stays on the dev server's origin, and calls reach Keyward from there.
const keyward = process.env.KEYWARD_URL ?? 'http://127.0.0.1:4400';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    sourcemap: false,
    // Everything is a file of its own: a strict content security policy admits no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What most pages have in common, in one file: a hundred small ones compress worse, and each page
          // would name them all.
          groups: [{ name: 'common', minShareCount: 12 }],
        },
      },
    },
  },
  server: { proxy: { '/trpc': keyward, '/v1': keyward } },
});
