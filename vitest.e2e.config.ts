/** The built app through its front door: real processes, real sockets, a real browser. `npm test` builds first. */
import { defineConfig } from 'vitest/config'
import { serverImports } from './tests/support/vite-server.ts'
import { WITH_A_SERVER } from './vitest.config.ts'

export default defineConfig({
  plugins: [serverImports],
  test: {
    include: ['tests/e2e/**/*.spec.ts', ...WITH_A_SERVER],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
