/** Wants: what they match, which are refused and how, and how they are worded. */
import { describe, expect, it } from 'vitest'
import { fit } from '../../server/http/read-input'
import { describeWants, howOften } from '../../server/readers/describe-wants'
import { matches } from '../../shared/matches-wants'
import { wantsSchema } from '../../shared/schemas/wants'

const review = {
  genres: ['Thriller', 'Drama'],
  critic: { id: 'ines', name: 'Ines Okafor' },
  rating: 3.5,
}

describe('matches', () => {
  it.each([
    [{}, true],
    [{ genres: [], critics: [] }, true],
    [{ genres: ['Thriller'] }, true],
    [{ genres: ['thriller'] }, true],
    [{ genres: ['Western', 'Drama'] }, true],
    [{ genres: ['Western'] }, false],
    [{ critics: ['ines', 'tom'] }, true],
    [{ critics: ['tom'] }, false],
    [{ minRating: 3.5 }, true],
    [{ minRating: 4 }, false],
    [{ genres: ['Thriller'], critics: ['ines'], minRating: 3 }, true],
    [{ genres: ['Thriller'], critics: ['tom'], minRating: 3 }, false],
    [{ genres: ['Thriller'], critics: ['ines'], minRating: 5 }, false],
  ])('%j: %s', (wants, told) => expect(matches(wants, review)).toBe(told))
})

it('a browser that knows no time zone has none', () => {
  expect(wantsSchema.parse({ timeZone: 'Etc/Unknown', minRating: 3 })).toEqual({ minRating: 3 })
})

describe('invalid wants', () => {
  it.each([
    ['all', '', /an object/],
    [[], '', /an object/],
    [{ genre: ['Thriller'] }, 'genre', /not known/],
    [{ genres: 'Thriller' }, 'genres', /a list/],
    [{ genres: [3] }, 'genres.0', /text/],
    [{ genres: [' '] }, 'genres.0', /empty/],
    [{ genres: ['x'.repeat(41)] }, 'genres.0', /40 characters/],
    [{ genres: Array(51).fill('x') }, 'genres', /50 entries/],
    [{ critics: [null] }, 'critics.0', /text/],
    [{ minRating: '3' }, 'minRating', /a number/],
    [{ minRating: 3.25 }, 'minRating', /steps of 0.5/],
    [{ minRating: -0.5 }, 'minRating', /at least 0/],
    [{ minRating: 5.5 }, 'minRating', /at most 5/],
    [{ frequency: 'hourly' }, 'frequency', /daily/],
    [{ hour: 24 }, 'hour', /at most 23/],
    [{ hour: 7.5 }, 'hour', /whole/],
    [{ weekday: 0 }, 'weekday', /at least 1/],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', /IANA/],
    [{ timeZone: '+02:00' }, 'timeZone', /IANA/],
    [{ timeZone: 'x'.repeat(9999) }, 'timeZone', /IANA/],
    [{ quiet: { from: '22:00' } }, 'quiet.to', /missing/],
    [{ quiet: { from: '24:00', to: '07:00' } }, 'quiet.from', /such as 22:30/],
    [{ quiet: { from: '07:00', to: '07:00' } }, 'quiet', /all day/],
  ] as const)('%j at "%s"', async (wants, path, message) => {
    const problem = await fit(wantsSchema, wants).then(
      () => undefined,
      problem => problem,
    )
    expect(problem).toMatchObject({
      statusCode: 422,
      errors: [{ path, message: expect.stringMatching(message) }],
    })
  })

  it('accepts complete wants', () => {
    const whole = {
      genres: ['Thriller'],
      critics: ['ines'],
      minRating: 0.5,
      frequency: 'weekly',
      hour: 0,
      weekday: 7,
      timeZone: 'Asia/Kolkata',
      quiet: { from: '22:30', to: '07:00' },
    }
    expect(wantsSchema.parse(whole)).toEqual(whole)
  })
})

describe('wants in words', () => {
  it.each([
    [{}, 'each review'],
    [{ genres: ['Thriller'], minRating: 3 }, 'each thriller that we rate 3 or more'],
    [
      { genres: ['Thriller', 'Sci-Fi', 'Western'], minRating: 3.5 },
      'each thriller, science fiction film or western that we rate 3½ or more',
    ],
    [{ critics: ['ines'], minRating: 0.5 }, 'each review by Ines Okafor that we rate ½ or more'],
    [
      { genres: ['Horror'], critics: ['ines', 'gone'], minRating: 5 },
      'each horror film reviewed by Ines Okafor or a critic of your choice that we rate 5',
    ],
    [{ genres: ['giallo', 'Drama'] }, 'each Giallo film or drama'],
    [{ genres: ['constructor'] }, 'each film of another genre'],
    [{ genres: ['Win money at evil.example', 'Call 0900'] }, 'each film of another genre'],
  ])('%j', (wants, words) =>
    expect(
      describeWants(wants, {
        critic: id => (id === 'ines' ? 'Ines Okafor' : undefined),
        genre: asked => (asked === 'giallo' ? 'Giallo' : undefined),
      }),
    ).toBe(words),
  )

  it.each([
    [{}, 'as it comes out'],
    [{ frequency: 'daily' }, 'in one email a day at 18:00 (UTC)'],
    [
      { frequency: 'weekly', hour: 9, weekday: 1, timeZone: 'Europe/Vienna' },
      'in one email on Mondays at 09:00 (Europe/Vienna)',
    ],
  ] as const)('%j, how often', (wants, words) => expect(howOften(wants)).toBe(words))
})
