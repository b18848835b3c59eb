import { fileURLToPath } from 'node:url'

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = 'http://127.0.0.1:8000'

export default defineConfig({
  base: '/',
  plugins: [svelte()],
  resolve: {
    alias: { $lib: at('./src/lib'), $locales: at('../server/etatyopoyta/locales') },
    // Vitest would otherwise take the server build of Svelte, which mounts nothing.
    ...(process.env.VITEST ? { conditions: ['browser'] } : {}),
  },
  build: {
    outDir: at('../server/etatyopoyta/static'),
    emptyOutDir: true,
    assetsDir: 'assets',
    // The content security policy allows files of our own and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Old phones come to workshops: light-dark() and nesting are lowered for them.
    target: ['es2022', 'safari16', 'chrome109', 'firefox115'],
    cssTarget: ['safari16', 'chrome109', 'firefox115'],
  },
  server: {
    fs: { allow: [at('.'), at('../server/etatyopoyta/locales'), at('../tests/replays')] },
    proxy: {
      '/api': { target: server, ws: true },
      '/schema': server,
      '/kortti': server,
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    pool: 'vmThreads',
  },
})
