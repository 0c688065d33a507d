/** Hostile text gets nothing but words into the tree, and never keeps the parser busy. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TooDeep, TooLong } from '../../../shared/markdown/limits'
import { parseReview } from '../../../shared/markdown/parse'
import { safeHref } from '../../../shared/markdown/safe-href'
import { toHtml } from '../../../shared/markdown/to-html'
import { allowedTree } from './allowed'
import { exhausting, hostile, hostileAddresses } from './hostile'

const MILLISECONDS = 3000 // an unguarded parser needs minutes; a loaded machine may be slow

describe('a hostile text', () => {
  it('comes in many kinds', () => expect(new Set(hostile).size).toBeGreaterThan(200))

  it.each(hostile)('%j becomes only words', markdown => {
    const tree = parseReview(markdown)
    allowedTree.parse(tree)
    const drawn = toHtml(tree)
    expect(
      drawn.replace(
        /<\/?(?:p|h[234]|blockquote|[uo]l|li|pre|code|hr|table|thead|tbody|tr|th|td|em|strong|del|br)(?: (?:scope="col"|tabindex="0"|class="language-[\w+#.-]+"))*>|<\/?a(?: href="[^"<>]*")?(?: title="[^"<>]*")?>/g,
        '',
      ),
    ).not.toMatch(/[<>]/)
  })

  it.each(hostileAddresses)('address %j is not linked to', address => {
    expect(safeHref(address)).toBeUndefined()
    expect(
      JSON.stringify(parseReview(`[click](${address}) [click](<${address}>) <${address}>`)),
    ).not.toMatch(/"href":"(?!https:\/\/(?:example|exa))/)
  })

  it.each(Object.entries(exhausting))('%s is refused at once', (_, markdown) => {
    const began = performance.now()
    expect(() => parseReview(markdown)).toThrow(
      expect.toSatisfy(error => error instanceof TooDeep || error instanceof TooLong),
    )
    expect(performance.now() - began).toBeLessThan(MILLISECONDS)
  })
})

describe('any text', () => {
  const sign = fc.constantFrom(
    ...'*_~[]()<>`|!#-+=:.\\&; \t\n\r0"\'/ax\u0000\u202E',
    '  \n',
    '\n\n',
    '> ',
    '- ',
    '1. ',
    '```',
    '---',
    '|-|-|\n',
    '](',
    '![',
    '[x]: ',
    'https://a.example/',
    'javascript:',
    '&#x6a;',
    '<a href=',
    '🎬',
    '\uD83C',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(sign, { maxLength: 200 }).map(signs => signs.join('')),
  )

  it('becomes an allowed tree or is refused, quickly', () => {
    fc.assert(
      fc.property(text, markdown => {
        const began = performance.now()
        try {
          allowedTree.parse(parseReview(markdown))
        } catch (error) {
          if (!(error instanceof TooDeep || error instanceof TooLong)) throw error
        }
        return performance.now() - began < MILLISECONDS
      }),
      { numRuns: 2000 },
    )
  })

  it('as an address is refused or safe in a browser too', () => {
    const address = fc.oneof(
      fc.webUrl(),
      fc
        .array(
          fc.constantFrom(
            'java',
            'script',
            ':',
            '/',
            '\\',
            '@',
            '//',
            'https',
            'mailto',
            '.',
            '\t',
            '\n',
            ' ',
            'a',
            '[',
            '%0a',
            '?',
            '#',
          ),
          { maxLength: 12 },
        )
        .map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(address, text => {
        const href = safeHref(text)
        if (href === undefined) return
        const opened = new URL(href, 'https://here.example/reviews/x')
        expect(['http:', 'https:', 'mailto:']).toContain(opened.protocol)
        expect(opened.username + opened.password).toBe('')
        if (href.startsWith('/')) expect(opened.host).toBe('here.example')
      }),
      { numRuns: 5000 },
    )
  })
})
