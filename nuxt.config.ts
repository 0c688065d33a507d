// One Nuxt app: public pages without framework JavaScript, an editor with it, and the server in server/.
import { fileURLToPath } from 'node:url'
import type {} from '@nuxt/content'
import { defineNuxtConfig } from 'nuxt/config'

const publicPage = { noScripts: true }
/** A script must match the page that loads it; only theme.js, which every first paint waits for, may be cached for an hour. */
const asked = { headers: { 'cache-control': 'no-cache' } }

/** A page whose address holds a reader's token: no cache keeps it, and no link passes it on. */
const withToken = { headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } }

export default defineNuxtConfig({
  modules: [
    '@nuxt/content',
    './modules/threads',
    './modules/consumers',
    './modules/prepared',
    './modules/cli',
    './modules/browser-script',
    './modules/typefaces',
  ],
  devtools: { enabled: false },
  css: [
    'fonts',
    'fallback-fonts',
    'tokens',
    'base',
    'frame',
    'masthead',
    'home',
    'review',
    'forms',
    'ask',
    'subscribe',
    'shelves',
    'states',
  ].map(sheet => `~/assets/${sheet}.css`),
  // Static pages are kept in memory, filled from the build; no file is written for them.
  content: {
    experimental: { sqliteConnector: 'native' },
    database: { type: 'sqlite', filename: ':memory:' },
    renderer: { anchorLinks: false },
    build: { markdown: { highlight: false } },
  },
  srcDir: '.',
  routeRules: {
    '/': publicPage,
    '/reviews/**': publicPage,
    '/movies/**': publicPage,
    '/critics/**': publicPage,
    '/genres/**': publicPage,
    '/search': publicPage,
    '/feeds': publicPage,
    '/offline': publicPage,
    '/subscribe/**': publicPage,
    '/subscribe/confirm': withToken,
    '/subscribe/manage': withToken,
    '/subscribe/unsubscribe': withToken,
    '/about': publicPage,
    '/how-we-rate': publicPage,
    '/privacy': publicPage,
    '/developers': publicPage,
    '/__nuxt_error': publicPage,
    '/live.js': asked,
    '/front-page.js': asked,
    '/refresh.js': asked,
    '/notifications.js': asked,
    '/wants-form.js': asked,
    '/theme.js': {
      headers: { 'cache-control': 'public, max-age=3600, stale-while-revalidate=604800' },
    },
  },
  experimental: { componentIslands: false, nitroAutoImports: false, appManifest: false },
  compatibilityDate: '2026-11-01',
  // The app brings its own Node. feedsmith bundles packages in a folder that Nitro does not copy.
  nitro: {
    esbuild: { options: { target: 'node24' } },
    compressPublicAssets: true,
    externals: { inline: [fileURLToPath(new URL('node_modules/feedsmith', import.meta.url))] },
    rollupConfig: { external: ['node:sqlite'] },
  },
  // The variant without `document`, which the browser's Markdown worker does not have.
  vite: {
    resolve: {
      alias: {
        'decode-named-character-reference': fileURLToPath(
          import.meta.resolve('decode-named-character-reference'),
        ),
      },
    },
  },
  typescript: { strict: true, typeCheck: false },
  telemetry: false,
  hooks: {
    // Do not prefetch the scripts and styles of other pages.
    'build:manifest': manifest => {
      for (const chunk of Object.values(manifest))
        Object.assign(chunk, { prefetch: false, dynamicImports: [] })
    },
    // Not `nitro.entry`: the prerenderer would inherit it and cannot start a server.
    'nitro:init': nitro => {
      if (!nitro.options.dev)
        nitro.options.entry = fileURLToPath(new URL('server/main.ts', import.meta.url))
      // Prerendering opens no database and starts no part.
      nitro.hooks.hook('prerender:init', ({ options }) => {
        options.plugins = options.plugins.filter(plugin => !plugin.includes('/server/plugins/'))
      })
      // Our handler first; what it does not answer is a page, which Nuxt's own handler renders.
      nitro.options.errorHandler = [
        fileURLToPath(new URL('server/error-handler.ts', import.meta.url)),
        nitro.options.errorHandler,
      ].flat()
    },
  },
})
