import { defineCollection, defineContentConfig } from '@nuxt/content'

/** Static pages only; reviews enter the log as commands, drafts never lie here. */
export default defineContentConfig({
  collections: {
    pages: defineCollection({ type: 'page', source: { include: 'pages/*.md', prefix: '/' } }),
  },
})
