/** Publishing a review with the button and by schedule: the same checks, the same event. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useApp } from '../../server/db/open'
import { publish } from '../../server/desk/publish'
import { publishDue } from '../../server/desk/schedule'
import { editCopy } from '../../server/desk/working-copy/edit-copy'
import { readReview } from '../../server/desk/working-copy/open-review'
import { readCopy } from '../../server/desk/working-copy/working-copy'
import { reviewBySlugOrId } from '../../server/queries/review'
import { useViews } from '../../server/queries/views'
import type { PartChoices } from '../../server/review/events'
import type { DraftContent } from '../../shared/types/review'
import { draft, INES, openDeskRoom, overdue, WRITTEN } from '../support/desk-room'

let close: () => Promise<void>
beforeAll(async () => {
  close = await openDeskRoom()
})
afterAll(() => close())

const eventsOf = async (id: string) => (await readReview(id)).events

/** Returns the review's id, whether or not it was published. */
async function byButton(content: DraftContent, parts?: PartChoices): Promise<string> {
  const review = await draft(content)
  await publish(review, INES, { parts }).catch(() => {})
  return review.id
}

async function byClock(content: DraftContent, parts?: PartChoices): Promise<string> {
  const id = await overdue(content, parts)
  await publishDue(new Date().toISOString())
  return id
}

describe.each([
  ['the button', byButton, INES.name],
  ['the schedule', byClock, 'The schedule'],
])('%s', (_, publishBy, actor) => {
  it('publishes the whole text with the choices, and the pages show it', async () => {
    const parts = { short: { text: 'Go.' } }
    const id = await publishBy({ ...WRITTEN, title: `Shown by ${actor}`.slice(0, 20) }, parts)
    const event = (await eventsOf(id)).at(-1)!
    expect(event).toMatchObject({
      type: 'ReviewPublished',
      meta: { actor },
      data: { critic: { id: INES.id }, content: { body: WRITTEN.body }, parts },
    })
    expect((event.data as { content: { tree: unknown } }).content.tree).toEqual([
      { t: 'p', c: [{ t: 'text', v: 'Harry Lime arrives late.' }] },
    ])
    expect((await reviewBySlugOrId(useViews(), '', id))?.review?.publishedAt).toBe(event.at)
  })

  it('leaves nothing of the text pending', async () => {
    const id = await publishBy(WRITTEN)
    await expect.poll(async () => (await readCopy(await useApp(), id)).fields).toEqual({})
    expect((await readReview(id)).content).toEqual(WRITTEN)
  })

  it('gives the second review with the same title a number', async () => {
    const slugs = [await publishBy(WRITTEN), await publishBy(WRITTEN)].map(
      async id => (await readReview(id)).state.slug,
    )
    const [first, second] = await Promise.all(slugs)
    expect(second).toMatch(/^everyone-in-vienna-\d+$/)
    expect(first).not.toBe(second)
  })

  it.each<[string, Partial<DraftContent>, PartChoices | undefined]>([
    ['a text without a rating', { rating: undefined }, undefined],
    ['a poster that nobody described', posterWithout(), undefined],
    ['words too long for a network', { title: 'Long'.repeat(6) }, { short: { text: '1234567' } }],
  ])('does not publish %s', async (_, flaw, parts) => {
    const id = await publishBy({ ...WRITTEN, ...flaw }, parts)
    expect((await readReview(id)).state.status).toBe('draft')
  })

  it('does not check the text for a part that is switched off or gone', async () => {
    const id = await publishBy(WRITTEN, { short: false, closed: { text: 'x'.repeat(99) } })
    expect((await readReview(id)).state.status).toBe('published')
  })
})

it('pressing Publish twice makes no second event, even if the words would not fit', async () => {
  const { id } = await draft()
  const first = await publish(await readReview(id), INES, {})
  const again = await publish(await readReview(id), INES, {
    parts: { short: { text: 'x'.repeat(99) } },
  })
  expect(first.events.map(event => event.type)).toEqual(['ReviewPublished'])
  expect(again.events).toEqual([])
})

it('what was typed while it was being published stays pending', async () => {
  const review = await draft()
  await publish(review, INES, {
    check: () => {
      void useApp().then(app =>
        editCopy(app, {
          copy: review.copy,
          criticId: INES.id,
          changes: { summary: 'Two zithers.' },
          whole: fields => fields,
          streamVersion: review.streamVersion,
          now: Date.now(),
          actor: INES.name,
        }),
      )
    },
  })
  await expect.poll(async () => (await readReview(review.id)).content.summary).toBe('Two zithers.')
  expect((await readReview(review.id)).copy.fields).toEqual({ summary: 'Two zithers.' })
})

function posterWithout(): Partial<DraftContent> {
  return { movie: { ...WRITTEN.movie!, poster: { url: '/uploads/a.webp', alt: ' ' } } }
}
