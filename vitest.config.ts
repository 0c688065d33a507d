/** Unit and contract tests; the server itself is tested through its front door by tests/e2e. */
import { defineConfig } from 'vitest/config'
import { house } from './tests/support/vite-house.ts'

export default defineConfig({
  plugins: [house],
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 20_000,
    pool: 'threads',
  },
})
