/** The title card: the same film always gives the same card, whatever its title. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakTitle } from '../../../shared/card/break-title'
import { cardLight, markLight } from '../../../shared/card/svg'
import { type Film, ratioOf, titleCard } from '../../../shared/card/title-card'
import { textWidth } from '../../../shared/card/widths'

const film = (title: string, year: number, ...genres: string[]): Film => ({ title, year, genres })
const linesOf = (title: string, year = 1968, genre = 'Drama') =>
  titleCard(film(title, year, genre)).lines.map(line => line.text)

const ODD: Film[] = [
  film('M', 1931, 'Thriller'),
  film('1917', 2019, 'War'),
  film('...', 2020),
  film('Playtime', 1967, 'Comedy'),
  film('The Third Man', 1949, 'Thriller'),
  film('The Passion of Joan of Arc', 1928, 'Drama'),
  film('2001: A Space Odyssey', 1968, 'Sci-Fi'),
  film('Lawrence of Arabia', 1962, 'Adventure'),
  film('Jeanne Dielman, 23 quai du Commerce, 1080 Bruxelles', 1975, 'Drama'),
  film('Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb', 1964, 'Comedy'),
  film(
    'Night of the Day of the Dawn of the Son of the Bride of the Return of the Revenge of the Terror',
    1991,
    'Horror',
  ),
  film('七人の侍', 1954, 'Action'),
  film('千と千尋の神隠し', 2001, 'Animation'),
  film('기생충', 2019, 'Thriller'),
  film('Иди и смотри', 1985, 'War'),
  film('Supercalifragilisticexpialidocious', 2030, 'Musical'),
  film('<script>alert("&")</script>', 2001, 'Crime'),
  film('Amélie 🎬', 2001, 'Romance'),
  film('', 2000),
]

describe('a title card', () => {
  it('never changes', () => expect(ODD.map(odd => titleCard(odd))).toMatchSnapshot())

  it.each(ODD.map(odd => [odd.title || '(no title)', odd] as const))(
    'keeps %s inside the frame',
    (_, odd) => {
      for (const ratio of [undefined, 2.39, 1.905, 1.2, 0.8]) {
        const { width, height, size, lines, anchor, note } = titleCard(odd, { ratio })
        for (const { text, x, y } of lines) {
          const wide = textWidth(text) * size
          expect(anchor === 'middle' ? x - wide / 2 : x).toBeGreaterThanOrEqual(0)
          expect(anchor === 'middle' ? x + wide / 2 : x + wide).toBeLessThanOrEqual(width)
          expect(y - size * 0.72).toBeGreaterThanOrEqual(0)
          expect(
            y + size * (/[gjpqy,;Q\u0400-\uFFFF]/.test(text) ? 0.25 : 0.1),
          ).toBeLessThanOrEqual(height)
          expect(Math.abs(y - note.y)).toBeGreaterThan(note.size * 0.7)
        }
      }
    },
  )

  it('keeps descenders clear of ascenders in the next line', () => {
    const HANGS = 0.26
    const RISES = 0.74 // a g and an f of Brygada italic, in ems
    for (const odd of ODD) {
      const { size, lines } = titleCard(odd)
      lines
        .slice(1)
        .forEach(({ y }, i) =>
          expect((y - lines[i]!.y) / size, odd.title).toBeGreaterThan(HANGS + RISES + 0.015),
        )
    }
  })

  it('escapes markup in a title', () => {
    const svg = cardLight(titleCard(film("<b onload='x'>\"&", 2001, '<i>')))
    expect(svg).not.toMatch(/<b|<i>|'|&(?!#\d+;|\w+;)/)
  })

  it('uses the screen format of its time, unless the film is known to have another', () => {
    expect([ratioOf(1952, 'Western'), ratioOf(1953, 'Drama'), ratioOf(1953, 'Western')]).toEqual([
      1.37, 1.85, 2.39,
    ])
    expect(titleCard({ ...film('Persona', 1966, 'Drama'), ratio: 1.37 }).height).toBe(730)
  })

  it('tints drama silver in black-and-white times, sepia since, and any film by the first genre that has a tint', () => {
    expect(
      [
        ['Drama', 1952],
        ['Drama', 1975],
        ['Documentary', 2001],
      ].map(([genre, year]) => titleCard(film('A', year as number, genre as string)).tint),
    ).toEqual(['silver', 'sepia', 'silver'])
    expect(titleCard(film('A', 1999, 'Drama', 'Romance'))).toMatchObject({
      tint: 'rose',
      label: 'A, 1999, Romance',
    })
  })
})

describe('breaking a title', () => {
  it('leaves no short word alone on the last line', () => {
    expect(breakTitle('The Third Man', 2)?.lines).toEqual(['The', 'Third Man'])
    expect(breakTitle('One Battle After Another', 2)?.lines).toEqual([
      'One Battle',
      'After Another',
    ])
    expect(breakTitle('A Matter of Life and Death in a Box', 3)?.lines.at(-1)).not.toBe('Box')
  })
  it('allows a long last word, and one word on every line', () => {
    expect(linesOf('2001: A Space Odyssey', 1968, 'Sci-Fi')).toEqual(['2001: A Space', 'Odyssey'])
    expect(breakTitle('The Third Man', 3)?.lines).toEqual(['The', 'Third', 'Man'])
  })
  it('breaks between ideographs, never before a full stop', () => {
    expect(breakTitle('千と千尋の神隠し', 2)?.lines.join('')).toBe('千と千尋の神隠し')
    expect(breakTitle('君の名は。', 3)?.lines.every(line => !line.startsWith('。'))).toBe(true)
  })
  it('finds the narrowest setting without trying all of them', () => {
    const ways = (words: string[], count: number): string[][] =>
      count === 1
        ? [[words.join(' ')]]
        : words
            .slice(0, words.length - count + 1)
            .flatMap((_, i) =>
              ways(words.slice(i + 1), count - 1).map(rest => [
                words.slice(0, i + 1).join(' '),
                ...rest,
              ]),
            )
    const longest = (lines: string[]) => Math.max(...lines.map(textWidth))
    const isWidow = (lines: string[]) =>
      lines.length > 1 &&
      lines.some(line => line.includes(' ')) &&
      !lines.at(-1)!.includes(' ') &&
      textWidth(lines.at(-1)!) < 0.5 * longest(lines)
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zM]{1,9}$/), { minLength: 4, maxLength: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (words, count) => {
          const best = Math.min(
            ...ways(words, count)
              .filter(lines => !isWidow(lines))
              .map(longest),
          )
          expect(breakTitle(words.join(' '), count)?.width ?? Infinity).toBe(best)
        },
      ),
    )
  })
  it('cannot break a single word', () => expect(breakTitle('Playtime', 2)).toBeUndefined())
})

describe('the mark', () => {
  it('opens by a tenth for every half point', () => {
    const widths = Array.from({ length: 11 }, (_, half) =>
      Number(/mark-light.*width="([\d.]+)"/.exec(markLight(half / 2))?.[1] ?? 0),
    )
    expect(widths).toEqual([0, 4.6, 9.2, 13.8, 18.4, 23, 27.6, 32.2, 36.8, 41.4, 46])
  })
  it('is never full before all have been notified', () =>
    expect(markLight(8411, 8412)).toContain('width="43"'))
})
