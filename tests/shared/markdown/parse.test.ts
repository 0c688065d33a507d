/** What critics really write, and the tree it becomes. */
import { describe, expect, it } from 'vitest'
import { parseReview, readReview } from '../../../shared/markdown/parse'
import type { Block, Inline } from '../../../shared/markdown/tree'

const text = (v: string): Inline => ({ t: 'text', v })
const p = (...c: (Inline | string)[]): Block => ({
  t: 'p',
  c: c.map(i => (typeof i === 'string' ? text(i) : i)),
})
const em = (v: string): Inline => ({ t: 'em', c: [text(v)] })
const strong = (v: string): Inline => ({ t: 'strong', c: [text(v)] })

const cases: [string, string, Block[]][] = [
  [
    'a paragraph over two lines',
    'Four armies hold the city\nand none holds it level.',
    [p('Four armies hold the city\nand none holds it level.')],
  ],
  ['paragraphs', 'One.\n\nTwo.', [p('One.'), p('Two.')]],
  [
    'emphasis',
    'A *fine* film, **really**, ~~almost~~ perfect.',
    [
      p(
        'A ',
        em('fine'),
        ' film, ',
        strong('really'),
        ', ',
        { t: 'del', c: [text('almost')] },
        ' perfect.',
      ),
    ],
  ],
  [
    'a title within emphasis',
    '*Not **that** Solaris*',
    [p({ t: 'em', c: [text('Not '), strong('that'), text(' Solaris')] })],
  ],
  [
    'a quotation with its source',
    '> It is the only film\n>\n> introduced by a cat.\n\nI know.',
    [{ t: 'quote', c: [p('It is the only film'), p('introduced by a cat.')] }, p('I know.')],
  ],
  [
    'headings of every level',
    '# A\n\n## B\n\n### C\n\n###### D',
    [
      { t: 'h', level: 2, c: [text('A')] },
      { t: 'h', level: 2, c: [text('B')] },
      { t: 'h', level: 3, c: [text('C')] },
      { t: 'h', level: 4, c: [text('D')] },
    ],
  ],
  [
    'a list of films',
    '- *Ikiru*\n- Ran',
    [{ t: 'list', ordered: false, items: [{ c: [p(em('Ikiru'))] }, { c: [p('Ran')] }] }],
  ],
  [
    'a ranking that begins at three',
    '3. Ran\n4. Ikiru',
    [{ t: 'list', ordered: true, start: 3, items: [{ c: [p('Ran')] }, { c: [p('Ikiru')] }] }],
  ],
  [
    'a list in a list',
    '1. Reed\n   - The Third Man',
    [
      {
        t: 'list',
        ordered: true,
        items: [
          { c: [p('Reed'), { t: 'list', ordered: false, items: [{ c: [p('The Third Man')] }] }] },
        ],
      },
    ],
  ],
  [
    'a list to tick off',
    '- [x] seen\n- [ ] not yet',
    [
      {
        t: 'list',
        ordered: false,
        items: [
          { checked: true, c: [p('seen')] },
          { checked: false, c: [p('not yet')] },
        ],
      },
    ],
  ],
  [
    'a link with a title',
    '[Reed](https://example.org/reed "The director")',
    [p({ t: 'link', href: 'https://example.org/reed', title: 'The director', c: [text('Reed')] })],
  ],
  [
    'a link within the site',
    'See [Ikiru](/reviews/ikiru?from=here#end).',
    [p('See ', { t: 'link', href: '/reviews/ikiru?from=here#end', c: [text('Ikiru')] }, '.')],
  ],
  [
    'a link by reference',
    '[Reed][r] and [r].\n\n[r]: http://example.org',
    [
      p(
        { t: 'link', href: 'http://example.org/', c: [text('Reed')] },
        ' and ',
        { t: 'link', href: 'http://example.org/', c: [text('r')] },
        '.',
      ),
    ],
  ],
  [
    'addresses in angle brackets',
    '<https://example.org/a> <desk@example.org>',
    [
      p({ t: 'link', href: 'https://example.org/a', c: [text('https://example.org/a')] }, ' ', {
        t: 'link',
        href: 'mailto:desk@example.org',
        c: [text('desk@example.org')],
      }),
    ],
  ],
  [
    'bare addresses, as GitHub links them',
    'www.example.org, https://example.org/a or desk@example.org',
    [
      p(
        { t: 'link', href: 'http://www.example.org/', c: [text('www.example.org')] },
        ', ',
        { t: 'link', href: 'https://example.org/a', c: [text('https://example.org/a')] },
        ' or ',
        { t: 'link', href: 'mailto:desk@example.org', c: [text('desk@example.org')] },
      ),
    ],
  ],
  [
    'a mailbox with copies for others',
    '[x](mailto:a@b.example?cc=c@d.example,e%40f.example&subject=Ran)',
    [
      p({
        t: 'link',
        href: 'mailto:a@b.example?cc=c@d.example,e%40f.example&subject=Ran',
        c: [text('x')],
      }),
    ],
  ],
  [
    'a mailbox with a subject',
    '[x](mailto:a@b.example?subject=Re:%20Ran&body=A%0AB)',
    [p({ t: 'link', href: 'mailto:a@b.example?subject=Re:%20Ran&body=A%0AB', c: [text('x')] })],
  ],
  [
    'an address without its scheme',
    '[x](www.example.org/a)',
    [p({ t: 'link', href: 'http://www.example.org/a', c: [text('x')] })],
  ],
  [
    'addresses with spaces',
    '[x](</my uri>) [y](<https://example.org/a b>)',
    [
      p({ t: 'link', href: '/my%20uri', c: [text('x')] }, ' ', {
        t: 'link',
        href: 'https://example.org/a%20b',
        c: [text('y')],
      }),
    ],
  ],
  [
    'an address with a joiner, as Persian words have them, and marks around it',
    '[x](\u200Ehttps://example.org/می\u200Cشود\u200F)',
    [
      p({
        t: 'link',
        href: 'https://example.org/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF',
        c: [text('x')],
      }),
    ],
  ],
  [
    'an address with a backslash in its query',
    '<https://example.com?find=\\*>',
    [
      p({
        t: 'link',
        href: 'https://example.com/?find=%5C*',
        c: [text('https://example.com?find=\\*')],
      }),
    ],
  ],
  [
    'emphasis beside Chinese and Japanese punctuation',
    '**「重要」**です。これは*「傑作」*だ。~~「凡作」~~ではない。',
    [
      p(
        strong('「重要」'),
        'です。これは',
        em('「傑作」'),
        'だ。',
        { t: 'del', c: [text('「凡作」')] },
        'ではない。',
      ),
    ],
  ],
  ['separators between words', 'one\vtwo\fthree\u001Ffour', [p('one two three four')]],
  ['line breaks of other systems', 'one\u2028two\u0085three', [p('one\ntwo\nthree')]],
  [
    'a comment',
    'One.\n\n<!-- more -->\n\nTwo <!-- or\nthree -->words.',
    [p('One.'), p('Two words.')],
  ],
  [
    'a line break in HTML',
    'One<br>two<br/>three <BR />\nfour',
    [p('One', { t: 'br' }, 'two', { t: 'br' }, 'three', { t: 'br' }, 'four')],
  ],
  [
    'an address of another alphabet',
    '[x](https://münchen.example/straße)',
    [p({ t: 'link', href: 'https://xn--mnchen-3ya.example/stra%C3%9Fe', c: [text('x')] })],
  ],
  [
    'a picture is what it shows',
    'The ![dark doorway](https://example.org/x.png) again.',
    [p('The dark doorway again.')],
  ],
  [
    'HTML is what was typed',
    'It is <i>fine</i>.\n\n<div>\nhello\n</div>',
    [p('It is <i>fine</i>.'), p('<div>\nhello\n</div>')],
  ],
  [
    'a dialogue with line breaks',
    '“Harry?”  \n“No.”\\\nSilence.',
    [p('“Harry?”', { t: 'br' }, '“No.”', { t: 'br' }, 'Silence.')],
  ],
  [
    'code',
    'Press `F11`.\n\n```basic\n10 PRINT "REDRUM"\n```',
    [
      p('Press ', { t: 'code', v: 'F11' }, '.'),
      { t: 'pre', lang: 'basic', v: '10 PRINT "REDRUM"' },
    ],
  ],
  [
    'a rule, in any dress',
    'a\n\n- - -\n\n***\n\n' + '- '.repeat(40),
    [p('a'), { t: 'rule' }, { t: 'rule' }, { t: 'rule' }],
  ],
  [
    'a table',
    '| Film | Year |\n| :-- | --: |\n| *Ran* | 1985 |\n| Ikiru |',
    [
      {
        t: 'table',
        align: ['left', 'right'],
        head: [[text('Film')], [text('Year')]],
        rows: [
          [[em('Ran')], [text('1985')]],
          [[text('Ikiru')], []],
        ],
      },
    ],
  ],
  [
    'a footnote is what was typed',
    'Penicillin[^1].\n\n[^1]: It was sold diluted.',
    [p('Penicillin[^1].'), p('[^1]: It was sold diluted.')],
  ],
  [
    'a footnote of one word too',
    'Seen twice[^1], [r].\n\n[^1]: Ibid.\n\n[r]: http://example.org',
    [
      p('Seen twice[^1], ', { t: 'link', href: 'http://example.org/', c: [text('r')] }, '.'),
      p('[^1]: Ibid.'),
    ],
  ],
  [
    'signs that mean nothing',
    'R*A*T*S cost $5 ~ 6 & 1 < 2, snake_case_word',
    [p('R', em('A'), 'T*S cost $5 ~ 6 & 1 < 2, snake_case_word')],
  ],
  ['Japanese', '**生きる**は1952年の映画。', [p(strong('生きる'), 'は1952年の映画。')]],
  ['nothing', ' \n\n', []],
]

describe('Markdown', () => {
  it.each(cases)('%s', (_, markdown, tree) => expect(parseReview(markdown)).toEqual(tree))

  it('of twenty levels (18 quotations, a paragraph, its text) is accepted, one more is refused', () => {
    expect(parseReview('>'.repeat(18) + ' a')).toHaveLength(1)
    expect(() => parseReview('>'.repeat(19) + ' a')).toThrow('is nested deeper than 20 levels')
  })

  it('of 100 kB is accepted', () =>
    expect(
      parseReview(
        'It is a fine film, all things considered. \n'.repeat(12).concat('\n').repeat(188),
      ).length,
    ).toBe(188))
})

const TABLE = (rows: number, columns: number, cell = 'word') =>
  ['Name', '-', ...Array.from({ length: rows }, () => cell)]
    .map(word => `|${`${word}|`.repeat(columns)}`)
    .join('\n')

it.each([
  [250, 8],
  [250, 12],
  [1200, 5],
])('takes a table of %i rows and %i columns', (rows, columns) => {
  const [table] = parseReview(TABLE(rows, columns))
  expect(table).toMatchObject({ t: 'table' })
  expect(table?.t === 'table' && table.rows).toHaveLength(rows)
})

it('still counts the signs in each cell, and those of lines that only look like a table', () => {
  const signs = 'too many signs such as * _ [ | in one paragraph'
  expect(() => parseReview(TABLE(1, 1, '*a'.repeat(2100)))).toThrow(signs)
  expect(() => parseReview(TABLE(250, 10).replace(/^.*\n.*\n/, '|a|\n|-|-|\n'))).toThrow(signs)
  expect(() => parseReview(TABLE(250, 10).replaceAll('\n', '\n> '))).toThrow(signs)
})

it('names what is left out', () => {
  const { leftOut } = readReview(
    '[a](ftp://example.org) [b](#end) ![c](/uploads/x.webp) <u>d</u>\n\n[e][f]\n\n[f]: page.html\n\n[^1]: note\n',
  )
  expect(leftOut).toEqual([
    { kind: 'link', what: 'ftp://example.org' },
    { kind: 'link', what: '#end' },
    { kind: 'picture', what: 'c' },
    { kind: 'html', what: '<u>' },
    { kind: 'html', what: '</u>' },
    { kind: 'link', what: 'page.html' },
    { kind: 'footnote', what: '^1' },
  ])
  expect(readReview('A [link](https://example.org), <br> and <!-- a note -->.').leftOut).toEqual([])
})
