/** The page and the feeds draw the same tree as the same HTML. */
import { describe, expect, it } from 'vitest'
import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import ReviewBody from '../../../components/ReviewBody'
import { parseReview } from '../../../shared/markdown/parse'
import { toHtml } from '../../../shared/markdown/to-html'
import type { Block } from '../../../shared/markdown/tree'
import { hostile } from './hostile'

const drawn = (tree: Block[], slot?: string) =>
  renderToString(
    createSSRApp(() => h(ReviewBody, { tree }, slot ? { default: () => h('aside', slot) } : {})),
  )
/** Without what the page alone adds: the direction of each block. */
const page = async (tree: Block[], slot?: string) =>
  (await drawn(tree, slot)).replaceAll(' dir="auto"', '')
const END = '<span class="end" aria-hidden="true"></span>'

const everything = `## The *walk*

Anna & Martins, "again"\\
on [the road](/reviews/x "Vienna's") or [away](https://example.org/?a=1&b=2).

> One
>
> two

3. three
4. four

- [x] seen

| a | b |
| - | :-: |
| 1 | \`2\` |

---

\`\`\`ts
1 < 2
\`\`\`

Last ~~word~~.`

describe('a tree', () => {
  it('becomes plain elements', () => {
    expect(toHtml(parseReview(everything))).toBe(
      '<h2>The <em>walk</em></h2><p>Anna &amp; Martins, &quot;again&quot;<br>on <a href="/reviews/x" title="Vienna&#39;s">the road</a> or <a href="https://example.org/?a=1&amp;b=2">away</a>.</p>' +
        '<blockquote><p>One</p><p>two</p></blockquote><ol start="3"><li>three</li><li>four</li></ol><ul><li>☑ seen</li></ul>' +
        '<table tabindex="0"><thead><tr><th scope="col">a</th><th scope="col" align="center">b</th></tr></thead><tbody><tr><td>1</td><td align="center"><code>2</code></td></tr></tbody></table>' +
        '<hr><pre tabindex="0"><code class="language-ts">1 &lt; 2</code></pre><p>Last <del>word</del>.</p>',
    )
  })

  it('has absolute links outside the site', () => {
    expect(toHtml(parseReview('[a](/b) [c](https://d.example/)'), 'https://films.example')).toBe(
      '<p><a href="https://films.example/b">a</a> <a href="https://d.example/">c</a></p>',
    )
  })

  it.each([everything, ...hostile])('looks the same on the page: %j', async markdown => {
    const tree = parseReview(markdown)
    expect(
      (await page(tree)).replace(END, '').replace('<p class="closing"></p></div>', '</div>'),
    ).toBe(`<div class="prose">${toHtml(tree)}</div>`)
  })

  it('runs each block in the direction of its own text', async () => {
    const html = await drawn(parseReview('# أ\n\nא\n\n> a\n\n- b\n\n|c|\n|-|\n|d|'))
    for (const [block] of html.matchAll(/<(?:p|h2|blockquote|ul|li|th|td)\b[^>]*>/g))
      if (!block.includes('closing')) expect(block).toContain('dir="auto"')
  })

  it('ends with the closed frame in its last paragraph, or in its own', async () => {
    expect(await page(parseReview('a\n\nb'))).toBe(
      `<div class="prose"><p>a</p><p>b${END}</p></div>`,
    )
    expect(await page(parseReview('- a'))).toBe(
      `<div class="prose"><ul><li>a</li></ul><p class="closing">${END}</p></div>`,
    )
  })

  it('comes after its correction notes', async () => {
    expect(await page(parseReview('a'), 'Correction')).toBe(
      `<div class="prose"><aside>Correction</aside><p>a${END}</p></div>`,
    )
  })
})
