/** The built app through its front door: real processes, real sockets, a real browser. `npm test` builds first. */
import { defineConfig } from 'vitest/config'
import { house } from './tests/support/vite-house.ts'

export default defineConfig({
  plugins: [house],
  test: {
    include: ['tests/e2e/**/*.spec.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
