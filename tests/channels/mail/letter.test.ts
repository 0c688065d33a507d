/** What a reader sees: a review, a digest and a confirmation as emails. */
import { encode, wrap } from 'nodemailer/lib/qp'
import { describe, expect, it } from 'vitest'
import { digestLetter } from '../../../server/channels/mail/digest-letter'
import { reviewLetter } from '../../../server/channels/mail/letter'
import { fill, PLACE } from '../../../server/channels/mail/placeholders'
import { confirmationLetter } from '../../../server/readers/confirmation/letter'
import { sampleReview } from '../../support/sample-review'

const filling = {
  date: '27 November 2026',
  askedText: 'You asked.',
  askedHtml: 'You asked.',
  manageUrl: 'https://m.example/manage',
  unsubscribeUrl: 'https://m.example/subscribe/unsubscribe?token=t1',
}

describe('a review as an email', () => {
  it('says in the subject whether to go', () => {
    expect(reviewLetter(sampleReview()).subject).toBe('Go twice: The Third Man (1949)')
    expect(reviewLetter(sampleReview({ rating: 2.5 })).subject).toBe(
      'Wait for a wet Sunday: The Third Man (1949)',
    )
  })

  it('names no year if none is known', () => {
    const review = sampleReview({
      movie: { id: 'szamanka', title: 'Szamanka', genres: ['Drama'] },
    })
    const letters = [
      reviewLetter(review),
      digestLetter({ reviews: [review, review], corrected: [] }),
    ]
    expect(letters[0]!.subject).toBe('Go twice: Szamanka')
    for (const { html, text } of letters) expect([html, text].join()).not.toMatch(/undefined|\(\)/)
  })

  it('sets each paragraph from the side that its script begins on', () => {
    const { html } = reviewLetter(sampleReview({ title: 'الرجل الثالث' }))
    expect(html).toContain('text-align:start')
    expect(html).not.toMatch(/text-align:left(?!;text-align:start)/)
  })

  it('is real text in an article, without images, scripts or anything to fetch', () => {
    const { html } = reviewLetter(sampleReview())
    expect(html).toContain('role="article"')
    expect(html).not.toMatch(/<(?:img|script|link|iframe|object|video)\b|url\(|src=|@import/i)
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url)).toEqual([
      sampleReview().url,
      PLACE.manageUrl,
      PLACE.unsubscribeUrl,
    ])
  })

  it('has the review and the unsubscribe link in its plain text', () => {
    const text = fill(reviewLetter(sampleReview()).text, filling)
    expect(text).toContain('Read the review: https://mymovies.example/reviews/everyone-in-vienna')
    expect(text).toContain('Unsubscribe: https://m.example/subscribe/unsubscribe?token=t1')
    expect(text).toContain('5 of 5. Go twice. Ines Okafor')
  })

  it('warns of spoilers and shows the last correction', () => {
    const { html, text } = reviewLetter(
      sampleReview({
        spoiler: true,
        corrections: [
          {
            at: '2026-11-16T08:00:00.000Z',
            note: 'The zither is by Karas',
            rating: { was: 4.5, is: 5 },
          },
        ],
      }),
    )
    for (const part of [html, text]) {
      expect(part).toContain('The review contains spoilers.')
      expect(part).toContain(
        'Corrected on 16 November 2026: The zither is by Karas. The rating was 4½ and is now 5.',
      )
    }
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an attribute that closes', '"><img src=x onerror=alert(1)>'],
    ['lines that look like headers', 'A\r\nBcc: everybody@example.com\r\n\r\nbody'],
    ['a direction override', 'safe \u202Egnp.exe\u202C'],
    ['our own placeholder', `${PLACE.unsubscribeUrl}${PLACE.askedHtml}`],
    ['half a character', 'broken \uD83D'],
  ])('takes %s as words', (_, hostile) => {
    const review = sampleReview({
      title: hostile,
      summary: hostile,
      movie: { id: 'x', title: hostile, year: 1949, genres: [hostile] },
      critic: { id: 'c', name: hostile },
      corrections: [{ at: '2026-11-16T08:00:00.000Z', note: hostile }],
    })
    const clean = reviewLetter(
      sampleReview({ corrections: [{ at: '2026-11-16T08:00:00.000Z', note: 'x' }] }),
    )
    for (const letter of [
      reviewLetter(review),
      digestLetter({
        reviews: [review, review],
        corrected: [{ review, correction: review.corrections[0]! }],
      }),
    ]) {
      expect(letter.html).not.toMatch(/<script|<img/i)
      expect(letter.subject).not.toMatch(/[\p{Cc}\p{Co}\p{Cs}\u202A-\u202E]/u)
      expect(letter.text).not.toMatch(/^Bcc/m)
      expect(`${letter.html}${letter.text}`).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
      expect(marks(letter.html)).toBe(marks(clean.html))
      expect(marks(letter.text)).toBe(marks(clean.text))
    }
  })
})

describe('a digest', () => {
  const ikiru = sampleReview({
    id: 'r-ikiru',
    title: 'A swing, in the snow',
    url: 'https://mymovies.example/reviews/a-swing',
    rating: 4.5,
    movie: { id: 'ikiru-1952', title: 'Ikiru', year: 1952, genres: ['Drama'] },
    publishedAt: '2026-11-15T09:00:00.000Z',
  })
  const correction = { at: '2026-11-16T08:00:00.000Z', note: 'It was 1952.' }

  it('shows the newest in full and each of the others with its link', () => {
    const { subject, html, text } = digestLetter({
      reviews: [sampleReview(), ikiru],
      corrected: [],
    })
    expect(subject).toBe('2 reviews: Ikiru, The Third Man')
    expect(html.indexOf('A swing, in the snow')).toBeLessThan(html.indexOf('Everyone in Vienna'))
    for (const part of [html, text]) expect(part).toContain(ikiru.url)
    for (const part of [html, text]) expect(part).toContain(sampleReview().url)
  })

  it('names two of many', () => {
    expect(
      digestLetter({ reviews: Array.from({ length: 7 }, () => ikiru), corrected: [] }).subject,
    ).toBe('7 reviews: Ikiru, Ikiru and 5 more')
  })

  it('warns of each review with spoilers, in HTML and text', () => {
    const { html, text } = digestLetter({
      reviews: [sampleReview({ spoiler: true }), { ...ikiru, spoiler: true }],
      corrected: [],
    })
    for (const part of [html, text])
      expect(part.match(/The review contains spoilers\./g)).toHaveLength(2)
  })

  it.each(['The Third Man', 'Третий человек', '第三の男'])(
    'stays under 90 kB as it is sent, and the rest is one link: %s',
    async title => {
      const reviews = Array.from({ length: 100 }, (_, i) =>
        sampleReview({ id: `r${i}`, title: title.repeat(6), summary: title.repeat(12) }),
      )
      const corrected = [{ review: reviews[0]!, correction }]
      const digest = digestLetter({ reviews, corrected })
      const sent = wrap(encode(fill(digest.html, filling)), 76).length
      expect(sent).toBeLessThan(90_000)
      expect(sent).toBeGreaterThan(70_000)
      const left = Number(/>(\d+) more on MyMovies</.exec(digest.html)![1])
      expect(digest.html.match(/<h2/g)).toHaveLength(100 - left)
      expect(digest.text).toContain(`${left} more on MyMovies: https://mymovies.example/\n`)
      expect(digest.subject).toMatch(/^100 reviews: /)
    },
  )

  it("with one review is that review's email", () => {
    expect(digestLetter({ reviews: [ikiru], corrected: [] })).toEqual(reviewLetter(ikiru))
  })

  it('lists corrections after new reviews', () => {
    const { subject, html, text } = digestLetter({
      reviews: [ikiru],
      corrected: [{ review: sampleReview(), correction }],
    })
    expect(subject).toBe('Go tonight: Ikiru (1952)')
    expect(html.indexOf('It was 1952.')).toBeGreaterThan(html.indexOf('A swing, in the snow'))
    expect(text).toContain(
      'Everyone in Vienna is selling something, 16 November 2026: It was 1952.',
    )
  })
})

describe('a confirmation email', () => {
  const letter = confirmationLetter({
    asked: 'each <b>thriller</b>',
    url: 'https://m.example/subscribe/confirm?token=a.b',
    site: 'https://m.example',
    at: 0,
  })

  it('has one link, and it is the button', () => {
    expect([...letter.html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url)).toEqual([
      'https://m.example/subscribe/confirm?token=a.b',
    ])
    expect(letter.text).toContain('Confirm: https://m.example/subscribe/confirm?token=a.b')
  })

  it('says what was asked for and what to do otherwise', () => {
    expect(letter.html).toContain('each &#60;b&#62;thriller&#60;/b&#62;')
    expect(letter.text).toContain('If it was not you, ignore this email.')
    expect(marks(letter.html + letter.text)).toBe('')
  })
})

/** The placeholders in an email, in order. */
const marks = (part: string) => part.replace(/[^\uE000-\uE0FF]/g, '')
