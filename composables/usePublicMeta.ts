/** A public page's metadata for search engines and for sharing. Addresses are absolute. */
import { breadcrumbsLd, type Step } from '~/shared/schema-org'
import { type SharePicture, sitePicture } from '~/utils/share-picture'

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
  picture?: SharePicture
  /** schema.org, as data. */
  ld?: object
  /** The pages above this one, from the top down. */
  above?: Step[]
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
  picture = sitePicture(),
  ld,
  above = [],
}: PublicMeta) {
  const siteUrl = useSiteUrl()
  const route = useRoute()
  const after = queryText(route.query.after)
  // The second page of a list is a page of its own.
  const place = path ?? route.path
  const url = siteUrl + place + (after ? `?after=${after}` : '')
  const query = feeds ? `?${new URLSearchParams(feeds)}` : ''
  const list = feeds && title ? `MyMovies: ${title}` : 'MyMovies'
  const trail = [...above, { name: title ?? 'MyMovies', path: place }]
  useSeoMeta({
    title,
    description,
    ogTitle: title ?? 'MyMovies',
    ogDescription: description,
    ogUrl: url,
    ogType: type,
    ogSiteName: 'MyMovies',
    ogLocale: 'en_GB',
    twitterCard: 'summary_large_image',
    articlePublishedTime: publishedAt,
    articleModifiedTime: correctedAt,
    ogImage: {
      url: siteUrl + picture.path,
      type: 'image/jpeg',
      width: picture.width,
      height: picture.height,
      alt: picture.alt,
    },
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
    script: [...(ld ? [ld] : []), ...(above.length ? [breadcrumbsLd(trail, siteUrl)] : [])].map(
      ldScript,
    ),
  })
}

/** Escaped, because a title may contain the end tag of a script. */
const ldScript = (ld: object) => ({
  type: 'application/ld+json' as const,
  innerHTML: JSON.stringify({ '@context': 'https://schema.org', ...ld }).replaceAll('<', '\\u003c'),
})
