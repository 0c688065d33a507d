/** One subscription means the same in every way to listen: the same review for the same position. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useLog } from '../../server/log'
import { type Subscription, subscriptionSchema } from '../../shared/schemas/subscription'
import { NOTICE_TYPE } from '../../shared/types/notice'
import { draft, openDeskRoom, run, WRITTEN } from '../support/desk-room'
import { openWays, WAYS } from '../support/ways'

const MOVIE = WRITTEN.movie!
const CONTENT = { ...WRITTEN, tree: [] } as never
let close: () => Promise<void>
let closeWays: () => Promise<void>
/** The position of each event, by its name here. */
const position: Record<string, number> = {}
let vienna: string
let gone: string

beforeAll(async () => {
  close = await openDeskRoom()
  closeWays = await openWays()
  vienna = (await draft()).id
  gone = (await draft()).id
  const tom = { id: 'by-tom', critic: { id: 'tom', name: 'Tom Reyes' } }
  await run('by-tom', { type: 'DraftReview', data: tom } as never)
  await note('byTom', 'by-tom', 'PublishReview', { slug: 'by-tom', content: CONTENT })
  await note('published', vienna, 'PublishReview', { slug: 'vienna', content: CONTENT })
  await note('drama', vienna, 'FixReview', {
    changes: { movie: { ...MOVIE, genres: ['Drama'] } },
  })
  await note('three', vienna, 'CorrectReview', { changes: { rating: 3 }, note: 'It is worse.' })
  await note('goneAtFirst', gone, 'PublishReview', { slug: 'gone', content: CONTENT })
  await note('goneAsDrama', gone, 'FixReview', {
    changes: { movie: { ...MOVIE, genres: ['Drama'] } },
  })
  await note('goneAsDramaStill', gone, 'FixReview', { changes: { title: 'Again' } })
  await note('goneAtLast', gone, 'ArchiveReview', { reason: 'Wrong film.' })
})
afterAll(async () => {
  await closeWays()
  await close()
})

async function note(name: string, id: string, type: string, data: object) {
  await run(id, { type, data } as never)
  position[name] = await useLog().head()
}

/** What each way gives. */
async function told(subscription: Partial<Subscription>, name: string) {
  const asked = subscriptionSchema.parse(subscription)
  const ways = Object.entries(WAYS)
  const notices: [string, unknown][] = []
  for (const [way, listen] of ways) notices.push([way, await listen(asked, position[name]!)])
  return Object.fromEntries(notices)
}
const everywhere = (expected: unknown) =>
  Object.fromEntries(Object.keys(WAYS).map(way => [way, expected]))

describe('the same review for the same position', () => {
  const url = 'https://example.org/reviews/vienna'
  it.each<[string, Partial<Subscription>, object]>([
    ['thin', {}, { url, api: expect.stringMatching(/\/api\/reviews\/review-\d+$/) }],
    ['fat', { shape: 'fat' }, { url, title: WRITTEN.title, rating: 3, body: WRITTEN.body }],
    ['picked', { fields: ['rating'] }, { rating: 3 }],
    [
      'picked inside',
      { fields: ['movie.title', 'movie.genres', 'critic.name'] },
      { movie: { title: 'The Third Man', genres: ['Drama'] }, critic: { name: 'Ines Okafor' } },
    ],
    ['picked, with what it lacks', { fields: ['language', 'title'] }, { title: WRITTEN.title }],
  ])('%s', async (shape, subscription, data) => {
    const notices = await told(subscription, 'published')
    const same = notices.batch as { data: object }
    expect(notices).toEqual(everywhere(same))
    expect(same).toMatchObject({
      specversion: '1.0',
      type: NOTICE_TYPE.ReviewPublished,
      subject: vienna,
      data: { id: vienna, ...data },
    })
    if (shape !== 'fat') expect(same.data).toEqual({ id: vienna, ...data })
  })

  it.each<Partial<Subscription>>([{ shape: 'fat' }, { fields: ['title', 'body'] }])(
    'nothing of an archived review, in %j',
    async subscription => {
      const data = { id: gone, url: 'https://example.org/reviews/gone', withdrawn: true }
      const notice = expect.objectContaining({ type: NOTICE_TYPE.ReviewArchived, data })
      expect(await told(subscription, 'goneAtLast')).toEqual(everywhere(notice))
    },
  )
})

describe('the same events', () => {
  it.each<[string, Partial<Subscription>, string, boolean]>([
    ['a type', { types: [NOTICE_TYPE.ReviewFixed] }, 'drama', true],
    ['another type', { types: [NOTICE_TYPE.ReviewFixed] }, 'published', false],
    ['its subject', { subject: ['review-1', 'review-0'] }, 'published', true],
    ['another subject', { subject: ['review-0'] }, 'published', false],
    ['its genre', { wants: { genres: ['thriller'] } }, 'published', true],
    ['the genre it gets later', { wants: { genres: ['Drama'] } }, 'published', false],
    ['the genre it had until now', { wants: { genres: ['Thriller'] } }, 'drama', true],
    ['the genre it has from now on', { wants: { genres: ['Western', 'Drama'] } }, 'drama', true],
    ['a genre it had once', { wants: { genres: ['Thriller'] } }, 'three', false],
    ['its rating until now', { wants: { minRating: 5 } }, 'three', true],
    ['its critic', { wants: { critics: ['tom-reyes', 'ines'] } }, 'drama', true],
    ['another critic', { wants: { critics: ['tom'] } }, 'drama', false],
    [
      'its critic, and another genre',
      { wants: { critics: ['ines'], genres: ['War'] } },
      'drama',
      false,
    ],
    ['a genre it had once, when it goes', { wants: { genres: ['Thriller'] } }, 'goneAtLast', true],
    ['a genre it never had, when it goes', { wants: { genres: ['War'] } }, 'goneAtLast', false],
  ])('%s', async (_, subscription, name, isTold) => {
    const notices = await told(subscription, name)
    const which = Object.fromEntries(
      Object.entries(notices).map(([way, notice]) => [way, notice !== undefined]),
    )
    expect(which).toEqual(everywhere(isTold))
  })
})
