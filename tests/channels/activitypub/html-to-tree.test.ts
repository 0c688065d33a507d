/** A stranger's HTML becomes paragraphs of text, breaks and safe links, whatever it tries. */
import { describe, expect, it } from 'vitest'
import { htmlToTree } from '../../../server/channels/activitypub/replies/html-to-tree'
import { toHtml } from '../../../shared/markdown/to-html'

const drawn = (html: string) => toHtml(htmlToTree(html))

it.each([
  [
    '<p>I saw it <b>twice</b>.</p><p>In<br>Vienna.</p>',
    '<p>I saw it twice.</p><p>In<br>Vienna.</p>',
  ],
  [
    '<p><span class="h-card"><a href="https://a.example/@ines" class="u-url mention">@<span>ines</span></a></span> yes</p>',
    '<p><a href="https://a.example/@ines">@ines</a> yes</p>',
  ],
  [
    'Tom &amp; Jerry &lt;3 &#39;so&#x27; &hellip;',
    '<p>Tom &amp; Jerry &lt;3 &#39;so&#39; &amp;hellip;</p>',
  ],
  ['no markup', '<p>no markup</p>'],
  ['<p> </p><br>', ''],
])('%s', (html, expected) => {
  expect(drawn(html)).toBe(expected)
})

describe('hostile', () => {
  it.each([
    '<script>alert(1)</script>Hi',
    '<SCRIPT src=//evil.example></SCRIPT >Hi',
    '<script>alert(1)',
    '<img src=x onerror=alert(1)>Hi',
    '<svg onload=alert(1)><a href="javascript:alert(1)">x</a></svg>Hi',
    '<a href="javascript:alert(1)">Hi</a>',
    '<a href="&#106;avascript:alert(1)">Hi</a>',
    '<a href=" java\nscript:alert(1)">Hi</a>',
    '<a href="data:text/html,<script>alert(1)</script>">Hi</a>',
    '<a href="/editor/replies">Hi</a>',
    '<a href="https://a.example/" onclick="alert(1)" style="position:fixed">Hi</a>',
    '<p onclick=alert(1)>Hi<iframe src="https://evil.example"></iframe>',
    '<!--><img src=x onerror=alert(1)>-->Hi',
    '<style>*{display:none}</style>Hi',
    '<<script>script>alert(1)<</script>/script>Hi',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '\u202Egnp.exe\u2066',
  ])('%s', html => {
    const text = drawn(html)
    expect(text.replaceAll(/<\/?p>|<a href="https:\/\/a\.example\/">|<\/a>|<br>/g, '')).not.toMatch(
      /[<>\p{Cc}\u202A-\u202E\u2066-\u2069]/u,
    )
  })

  it.each([
    ['tags', '<a '.repeat(6000)],
    ['open tags', '<p><a href="https://a.example/">'.repeat(600)],
    ['comments', '<!--'.repeat(5000)],
    ['scripts', '<script '.repeat(2500)],
    ['entities', '&#'.repeat(10_000)],
    ['text', 'x'.repeat(1_000_000)],
  ])('many %s take no time', (_, html) => {
    const start = performance.now()
    expect(drawn(html).length).toBeLessThan(100_001)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
