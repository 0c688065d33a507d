/** The head of every page, public or desk: language, icon, theme script, and the one preloaded font. */
export function usePageHead(font: string) {
  useHead({
    htmlAttrs: { lang: 'en' },
    titleTemplate: title => (title ? `${title} · MyMovies` : 'MyMovies'),
    meta: [
      { name: 'viewport', content: 'width=device-width, initial-scale=1' },
      { name: 'theme-color', content: '#f3f4f2', media: '(prefers-color-scheme: light)' },
      { name: 'theme-color', content: '#121316', media: '(prefers-color-scheme: dark)' },
    ],
    link: [
      { rel: 'preload', href: font, as: 'font', type: 'font/woff2', crossorigin: '' },
      { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
      { rel: 'apple-touch-icon', href: '/icon-180.png' },
      { rel: 'manifest', href: '/manifest.webmanifest' },
      {
        rel: 'search',
        type: 'application/opensearchdescription+xml',
        title: 'MyMovies',
        href: '/opensearch.xml',
      },
    ],
    script: [{ src: '/theme.js', tagPosition: 'head' }],
  })
}
