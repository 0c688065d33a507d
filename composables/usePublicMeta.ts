/** A public page's metadata for search engines and for sharing. Addresses are absolute. */
interface PublicMeta {
  /** Without the site's name; absent on the front page. */
  title?: string
  description: string
  /** The canonical address, if it is not the page's own. */
  path?: string
  type?: 'website' | 'article' | 'profile'
  /** Query string of the feeds that match this page's list; absent for all reviews. */
  feeds?: Record<string, string>
  publishedAt?: string
  correctedAt?: string
  /** The picture shown where the page is shared: a path, and its size in pixels. */
  picture?: { path: string; width: number; height: number; alt: string }
  /** schema.org, as data. */
  ld?: object
}

const FEEDS = [
  { at: '/feed.xml', type: 'application/rss+xml', name: 'RSS' },
  { at: '/atom.xml', type: 'application/atom+xml', name: 'Atom' },
  { at: '/feed.json', type: 'application/feed+json', name: 'JSON Feed' },
]

export function usePublicMeta({
  title,
  description,
  path,
  type = 'website',
  feeds,
  publishedAt,
  correctedAt,
  picture,
  ld,
}: PublicMeta) {
  const siteUrl = useSiteUrl()
  const route = useRoute()
  const after = queryText(route.query.after)
  // The second page of a list is a page of its own.
  const url = siteUrl + (path ?? route.path) + (after ? `?after=${after}` : '')
  const query = feeds ? `?${new URLSearchParams(feeds)}` : ''
  const list = feeds && title ? `MyMovies: ${title}` : 'MyMovies'
  useSeoMeta({
    title,
    description,
    ogTitle: title ?? 'MyMovies',
    ogDescription: description,
    ogUrl: url,
    ogType: type,
    ogSiteName: 'MyMovies',
    ogLocale: 'en_GB',
    twitterCard: picture ? 'summary_large_image' : 'summary',
    articlePublishedTime: publishedAt,
    articleModifiedTime: correctedAt,
    ...(picture && {
      ogImage: {
        url: siteUrl + picture.path,
        type: 'image/jpeg',
        width: picture.width,
        height: picture.height,
        alt: picture.alt,
      },
    }),
  })
  useHead({
    link: [
      { rel: 'canonical', href: url },
      ...FEEDS.map(feed => ({
        rel: 'alternate' as const,
        type: feed.type,
        title: `${list} (${feed.name})`,
        href: siteUrl + feed.at + query,
      })),
    ],
    script: ld
      ? [
          {
            type: 'application/ld+json',
            innerHTML: JSON.stringify({ '@context': 'https://schema.org', ...ld }).replaceAll(
              '<',
              '\\u003c',
            ),
          },
        ]
      : [],
  })
}
