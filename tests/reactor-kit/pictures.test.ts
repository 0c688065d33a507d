/**
 * Pictures that are sent out: the same events give the same bytes, in our own typefaces, inside the
 * frame.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { outliner } from '../../server/media/pictures/outline'
import { illustrationShown, portrait, sharePicture } from '../../server/reactor-kit/pictures'
import { shareScene } from '../../shared/card/card-scene'
import { COLOURS } from '../../shared/card/colours'
import { drawable } from '../../shared/card/drawable'
import { portraitScene } from '../../shared/card/portrait'
import { sceneSvg, type Words } from '../../shared/card/scene'
import { wrap } from '../../shared/card/wrap'
import type { PublicReview } from '../../shared/types/review'
import { sampleReview } from '../support/sample-review'

const of = (title: string, film = 'The Third Man', more: Partial<PublicReview> = {}) =>
  sampleReview({
    title,
    movie: { id: 'x', title: film, year: 1949, genres: ['Thriller'] },
    ...more,
  })
const WORDS =
  'When women mend windmills we wonder whom the wind meant when windows moaned at dawn'.split(' ')
const TITLES: [string, PublicReview][] = [
  ['one letter', of('M', 'M')],
  ['no year', sampleReview({ movie: { id: 'x', title: 'Szamanka', genres: [] }, rating: 0 })],
  [
    'capitals',
    of('WHO WOULD WALK WITH WAWRZYNIEC WOJCIECHOWSKI THROUGH WARSAW WITHOUT WAVERING', 'MAMMA MWM'),
  ],
  [
    'three hundred letters',
    of('word '.repeat(60).trim(), 'w'.repeat(300), { critic: { id: 'a', name: 'M'.repeat(80) } }),
  ],
  ['one word of three hundred', of('w'.repeat(300))],
  ['ideographs', of('七'.repeat(300), '侍'.repeat(300))],
  ...Array.from({ length: 12 }, (_, n): [string, PublicReview] => [
    `${n + 4} words`,
    of(WORDS.slice(0, n + 4).join(' ')),
  ]),
]

it.each([
  ['千と千尋の神隠し', 'ideographs'],
  ['센과 치히로', 'Hangul'],
  ['المومياء', 'Arabic'],
  ['पथेर पांचाली', 'Devanagari'],
  ['ต้มยำกุ้ง', 'Thai'],
  ['WALL🤖E', 'an emoji'],
])('leaves out %s, which would be boxes (%s)', async title => {
  const { movie } = of('x', title)
  const svg = (illustrationShown(of('x', title)) as { svg: string }).svg
  expect(svg).not.toContain(`>${title}`)
  expect(svg).toContain('1949')
  const words: Words[] = []
  sceneSvg(drawable(shareScene(movie)), each => {
    words.push(each)
    return ''
  })
  const draw = await outliner()
  expect(words.map(draw).join('')).not.toContain('<text')
})

it.each(['Сталкер', 'Ο Θίασος', 'Wałęsa. Człowiek z nadziei', '8½', 'M*A*S*H', 'Đời cát'])(
  'draws %s',
  title => {
    const svg = (illustrationShown(of('x', title)) as { svg: string }).svg
    expect(svg).toContain(title.split(' ')[0])
  },
)

it('has the colours of the style sheet', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../assets/tokens.css'), 'utf8')
  const byDay = tokens.slice(0, tokens.indexOf('@media'))
  expect(COLOURS).toEqual(
    Object.fromEntries(
      Object.keys(COLOURS).map(name => [name, new RegExp(`--${name}: (#\\w+);`).exec(byDay)?.[1]]),
    ),
  )
  expect(byDay.match(/--tint-\w+/g)?.every(tint => tint.slice(2) in COLOURS)).toBe(true)
})

it('names typefaces that the page has, in quotes: without them CSS refuses "1918" and with it the whole list', () => {
  const fonts = readFileSync(join(import.meta.dirname, '../../assets/fonts.css'), 'utf8')
  const families = [
    ...sceneSvg(portraitScene(sampleReview())).matchAll(/font-family="([^"]*)"/g),
  ].map(([, list]) => /^'([^']+)', /.exec(list!)?.[1])
  expect(new Set(families)).toEqual(new Set(['Brygada 1918 Variable', 'Archivo Variable']))
  for (const family of families) expect(fonts).toContain(`font-family: '${family}'`)
})

describe('a picture', () => {
  it.each([
    ['portrait', portrait, 1080, 1350],
    ['share picture', sharePicture, 1200, 630],
  ] as const)(
    '%s is a JPEG of its size, the same bytes for the same events, and says what it shows',
    async (_, draw, width, height) => {
      const [first, second, other] = [
        await draw(sampleReview()),
        await draw(sampleReview()),
        await draw(sampleReview({ movie: { ...sampleReview().movie, year: 1950 } })),
      ]
      expect(first.bytes.equals(second.bytes)).toBe(true)
      expect(first.bytes.equals(other.bytes)).toBe(false)
      expect(await sharp(first.bytes).metadata()).toMatchObject({ format: 'jpeg', width, height })
      expect(first).toMatchObject({
        width,
        height,
        alt: expect.stringContaining('Title card: The Third Man, 1949, Thriller'),
      })
    },
  )

  it('is drawn once, however many callers ask', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => portrait(of('Asked by twenty'))),
    )
    expect(new Set(asked.map(({ bytes }) => bytes)).size).toBe(1)
  })

  it.each(TITLES)('keeps its words off the edges: %s', async (_, review) => {
    const { data, info } = await sharp((await portrait(review)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true })
    const dark = (x: number, y: number) => data[(y * info.width + x) * 3]! < 0x80
    const edge = (top: number, bottom: number, expected: boolean) =>
      Array.from({ length: bottom - top }, (_, i) =>
        [4, 40, 1040, 1076].every(x => dark(x, top + i) === expected),
      ).every(Boolean)
    expect([edge(4, 806, true), edge(815, 1346, false)]).toEqual([true, true])
  })

  it('sets a long title in lines that end before the foot', () => {
    for (const [, review] of TITLES) {
      const title = portraitScene(review)
        .words.filter(words => words.face === 'voice')
        .slice(1)
      expect(Math.max(...title.map(line => line.y))).toBeLessThan(1350 - 56 - 42)
    }
  })
})

describe('letters', () => {
  const words = (text: string, face: Words['face'] = 'title'): Words => ({
    text,
    x: 10,
    y: 100,
    size: 50,
    face,
    fill: 'ink',
  })
  it.each([
    ['Amélie'],
    ['Żuławski'],
    ['A\u0301 bientôt'],
    ['Nguyễn Thị Minh Khai'],
    ['Ο Θίασος'],
    ['Иди и смотри'],
    ['½ “quoted” – fin…'],
  ])('%s is drawn in ours', async text => {
    const letter = await outliner()
    for (const face of ['title', 'voice', 'hands'] as const)
      expect(letter(words(text, face))).not.toContain('<text')
  })

  it('characters that our typefaces lack stay text, in their place', async () => {
    const drawn = (await outliner())(words('The 七人 <b>'))
    expect(drawn.match(/<text[^>]*>([^<]*)</)?.[1]).toBe('七人')
    expect(drawn).not.toContain('<b>')
    expect(Number(/<text x="([\d.]+)"/.exec(drawn)?.[1])).toBeGreaterThan(10 + 50)
  })

  it('stand where they are anchored', async () => {
    const letter = await outliner()
    const left = (anchor: Words['anchor']) =>
      Number(/translate\(([-\d.]+)/.exec(letter({ ...words('Vienna'), x: 500, anchor }))?.[1])
    expect(left('start')).toBe(500)
    expect(500 - left('end')).toBeCloseTo((500 - left('middle')) * 2, 0)
    expect(left('end')).toBeLessThan(400)
  })

  it('are escaped when a page sets them', () => {
    expect(sceneSvg(portraitScene(of('<script>"&', '<i>')))).not.toMatch(/<script|<i>/)
  })
})

describe('wrapping', () => {
  const wide = (text: string) => text.length
  it('takes as few lines as it needs and makes them even', () => {
    expect(wrap('one two three four five', 20, wide)).toEqual(['one two three', 'four five'])
    expect(wrap('short', 20, wide)).toEqual(['short'])
    expect(wrap('', 20, wide)).toEqual([])
  })
  it('breaks a word that is longer than a line', () =>
    expect(wrap('a '.concat('b'.repeat(25)), 10, wide).every(line => line.length <= 10)).toBe(true))
})
