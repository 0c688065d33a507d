/** Unit and contract tests, and what runs in pages in a document without a browser; the server itself is tested through its front door by tests/e2e. */
import { defineConfig } from 'vitest/config'
import { nuxtImports } from './tests/support/vite-nuxt.ts'
import { serverImports } from './tests/support/vite-server.ts'

/** They need a document and what Nuxt imports by itself. */
const PAGES = [
  'tests/{components,composables,utils}/**/*.test.ts',
  // The service worker has a scope of its own.
  'tests/browser/**/!(service-worker).test.ts',
]

/** It installs and starts a real Bluesky server, so it runs with tests/e2e. */
export const WITH_A_SERVER = ['tests/reactors/bluesky.test.ts']

export default defineConfig({
  test: {
    testTimeout: 20_000,
    pool: 'threads',
    projects: [
      {
        extends: true,
        plugins: [serverImports],
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...PAGES, ...WITH_A_SERVER, 'tests/e2e/**', 'node_modules/**'],
        },
      },
      {
        extends: true,
        plugins: [serverImports, ...nuxtImports()],
        test: {
          name: 'pages',
          include: PAGES,
          environment: 'happy-dom',
          // Setup cleans up after each test, so the files can share one document, which takes a tenth of the time.
          isolate: false,
          setupFiles: ['tests/components/support/setup.ts'],
        },
      },
    ],
  },
})
