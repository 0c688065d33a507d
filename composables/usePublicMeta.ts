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
  /** Query string of the feeds that match this page's list; true for all reviews. */
  feeds?: true | Record<string, string>
  publishedAt?: string
  correctedAt?: string
  /** The picture shown where the page is shared: a path, and its size in pixels. */
  picture?: SharePicture
  /** schema.org, as data. */
  ld?: object
  /** The pages above this one, from the top down. */
  above?: Step[]
}

const FEEDS = {
  '/feed.xml': 'application/rss+xml',
  '/atom.xml': 'application/atom+xml',
  '/feed.json': 'application/feed+json',
}

export function usePublicMeta({
  title,
  description,
  path = useRoute().path,
  type = 'website',
  feeds,
  publishedAt,
  correctedAt,
  picture = sitePicture(),
  ld,
  above = [],
}: PublicMeta) {
  const siteUrl = useSiteUrl()
  const url = siteUrl + path
  const trail = [...above, { name: title ?? 'MyMovies', path }]
  const query = typeof feeds === 'object' ? `?${new URLSearchParams(feeds)}` : ''
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
      ...(feeds
        ? Object.entries(FEEDS).map(([at, feedType]) => ({
            rel: 'alternate' as const,
            type: feedType,
            title: title ? `MyMovies: ${title}` : 'MyMovies',
            href: siteUrl + at + query,
          }))
        : []),
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
