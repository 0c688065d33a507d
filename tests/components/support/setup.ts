/** Setup for each component test: its own server, an empty page, and an error for any warning of Vue. */
import { afterEach, beforeEach, vi } from 'vitest'
import { resetNuxt } from './nuxt-app'
import { startServer } from './server'
import { unmountAll } from './show'

beforeEach(() => {
  startServer()
  resetNuxt()
  localStorage.clear()
  sessionStorage.clear()
  vi.spyOn(console, 'warn').mockImplementation((...words) => {
    throw new Error(words.join(' '))
  })
  // Vue warns once per file that <Suspense> is experimental.
  vi.spyOn(console, 'info').mockImplementation(() => {})
})
afterEach(() => {
  unmountAll()
  document.body.replaceChildren()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
