/** What Nuxt Content reads from content/: the static pages alone. */
import { defineCollection, defineContentConfig } from '@nuxt/content'

/** Reviews are not among them: they enter the log as commands, and drafts live in app.sqlite. */
export default defineContentConfig({
  collections: {
    pages: defineCollection({ type: 'page', source: { include: 'pages/*.md', prefix: '/' } }),
  },
})
