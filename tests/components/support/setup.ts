/** Before and after each component test: an own server, an empty page, and no warning of Vue that nobody reads. */
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
  // Vue says that <Suspense> is experimental, once a file.
  vi.spyOn(console, 'info').mockImplementation(() => {})
})
afterEach(() => {
  unmountAll()
  document.body.replaceChildren()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
