/**
 * Restores a post as it was written from one as the network shows it, which has shortened links, an
 * extra link for the picture, and three characters escaped.
 */
import { z } from 'zod'

/** `url` replaces `expanded_url` in the text; a link with a `media_key` was added for a picture. */
const ShownLink = z.object({
  url: z.string(),
  expanded_url: z.string().optional(),
  media_key: z.string().optional(),
})
export const ShownText = z.object({
  text: z.string(),
  entities: z.object({ urls: z.array(ShownLink).catch([]) }).catch({ urls: [] }),
})

export function asWritten({ text, entities: { urls } }: z.output<typeof ShownText>): string {
  const unfold = (all: string, { url, expanded_url = '', media_key }: z.output<typeof ShownLink>) =>
    all.replace(url, () => (media_key ? '' : expanded_url))
  const unescaped = urls
    .reduce(unfold, text)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
  return comparable(unescaped)
}

/** The network composes letters, and may drop our zero-width spaces. */
export const comparable = (text: string): string =>
  text.normalize('NFC').replaceAll('\u200B', '').trim()
