/** Erasing a review at the desk: everything that was written about it goes, whatever interrupts it. */
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useApp } from '../../server/db/open'
import { eraseAgain } from '../../server/desk/erase-again'
import { eraseReview } from '../../server/desk/erase-review'
import { publish } from '../../server/desk/publish'
import { editCopy } from '../../server/desk/working-copy/edit-copy'
import { readReview } from '../../server/desk/working-copy/open-review'
import { reserveSlug } from '../../server/desk/working-copy/slugs'
import { useLog } from '../../server/log'
import { streamOf } from '../../server/log/handle-command'
import { reviewBySlugOrId } from '../../server/queries/review'
import { useViews } from '../../server/queries/views'
import { deliveryRow } from '../support/delivery-rows'
import { draft, INES, openDeskRoom, run, WRITTEN } from '../support/desk-room'

let close: () => Promise<void>
beforeAll(async () => {
  close = await openDeskRoom()
})
afterAll(() => close())

const folder = () => process.env.NUXT_DATA_DIR!
const filesWith = (word: string) =>
  globSync('**/*', { cwd: folder() }).filter(name => {
    const file = join(folder(), name)
    return statSync(file).isFile() && readFileSync(file, 'latin1').includes(word)
  })

let reviews = 0
/** A published review whose texts all have a word of their own. */
async function written({ poster }: { poster?: string } = {}) {
  const word = `Quuxword${++reviews}`
  const review = await draft({
    ...WRITTEN,
    title: `${word} comes back`,
    summary: `${word} is in the summary.`,
    body: `${word} is in the text, and "quoted".`,
    movie: {
      ...WRITTEN.movie!,
      ...(poster && { poster: { url: `/uploads/${poster}.webp`, alt: `${word} on a poster` } }),
    },
  })
  const { after } = await publish(review, INES, {})
  return { id: review.id, word, slug: after.slug! }
}

async function archived(given: { poster?: string } = {}) {
  const review = await written(given)
  await run(review.id, { type: 'ArchiveReview', data: { reason: `${review.word} was wrong.` } })
  return review
}

const erasure = async (id: string) =>
  (await useApp()).selectFrom('erasures').selectAll().where('review_id', '=', id).executeTakeFirst()

describe('an archived review', () => {
  it('is erased from every file', async () => {
    const { id, word } = await archived()
    expect(filesWith(word)).not.toEqual([])
    await eraseReview(id, INES)
    expect(filesWith(word)).toEqual([])
    expect(filesWith(word.toLowerCase())).toEqual([])
    expect(await erasure(id)).toMatchObject({ actor: INES.name, finished_at: expect.any(Number) })
    expect(readFileSync(join(folder(), 'erased-reviews.txt'), 'utf8')).toContain(`${id}\n`)
  })

  it('keeps its address, which nobody else gets', async () => {
    const { id, slug, word } = await archived()
    await eraseReview(id, INES)
    const found = await reviewBySlugOrId(useViews(), 'https://example.org', slug)
    expect(found?.archived).toMatchObject({ id, erased: true, headline: 'Erased review' })
    expect(await reserveSlug(await useApp(), 'another', `${word} comes back`)).toBe(`${slug}-2`)
  })

  it('takes its poster along, unless another review shows it', async () => {
    mkdirSync(join(folder(), 'uploads'), { recursive: true })
    const [own, shared] = ['a', 'b'].map(letter => letter.repeat(32)) as [string, string]
    const app = await useApp()
    for (const id of [own, shared]) {
      writeFileSync(join(folder(), 'uploads', `${id}.webp`), id)
      await app
        .insertInto('uploads')
        .values({ id, file: `${id}.webp`, width: 1, height: 1, bytes: 1, actor: 'ines', at: 1 })
        .execute()
    }
    const both = [await archived({ poster: own }), await archived({ poster: shared })]
    await written({ poster: shared })
    for (const { id } of both) await eraseReview(id, INES)
    expect(existsSync(join(folder(), 'uploads', `${own}.webp`))).toBe(false)
    expect(existsSync(join(folder(), 'uploads', `${shared}.webp`))).toBe(true)
  })

  it('is gone from the ledger, from kept emails and from what others said of it', async () => {
    const { id, word } = await archived()
    const other = await written()
    const app = await useApp()
    const row = { reactor: '', review_id: id, recipient: 'reader-1', event_id: `event-${id}` }
    await app
      .insertInto('deliveries')
      .values([
        deliveryRow({
          ...row,
          state: 'dead',
          text: `${word} in other words`,
          progress: JSON.stringify({ words: word }),
          receipt: JSON.stringify({ url: 'https://far.example/1', said: word }),
          reason: `the far side quotes: ${word} is in the summary.`,
          bundle: 'day-1',
        }),
        deliveryRow({
          ...row,
          review_id: other.id,
          event_id: `event-${other.id}`,
          bundle: 'day-1',
        }),
      ])
      .execute()
    const email = { sender: 'a@b.example', recipient: 'r@b.example', subject: 'Two', at: 1 }
    await app
      .insertInto('outbox')
      .values([
        {
          ...email,
          message_id: `event-${other.id}.reader-1@example.org`,
          source: `a digest: ${word}`,
        },
        { ...email, message_id: 'alert.1@example.org', source: `${word} is in the=\r\n summary.` },
        { ...email, message_id: 'alert.2@example.org', source: 'of another' },
      ])
      .execute()
    await app
      .insertInto('idempotency')
      .values({
        key: id,
        body_hash: '',
        status: 202,
        answer: `{"id":"${id}","slug":"${word}"}`,
        at: 1,
      })
      .execute()
    await eraseReview(id, INES)
    expect(filesWith(word)).toEqual([])
    expect(
      await app
        .selectFrom('deliveries')
        .select(['text', 'progress', 'receipt', 'reason'])
        .where('review_id', '=', id)
        .executeTakeFirst(),
    ).toEqual({
      text: null,
      progress: null,
      receipt: '{"url":"https://far.example/1"}',
      reason: 'erased with its review',
    })
    expect(await app.selectFrom('outbox').select('message_id').execute()).toEqual([
      { message_id: 'alert.2@example.org' },
    ])
  })

  it('takes no text any more, not even from a page that was open', async () => {
    const { id } = await archived()
    const opened = await readReview(id)
    await eraseReview(id, INES)
    await expect(
      editCopy(await useApp(), {
        copy: opened.copy,
        criticId: INES.id,
        changes: { body: 'It comes back.' },
        whole: fields => fields,
        streamVersion: opened.streamVersion,
        now: Date.now(),
        actor: INES.name,
      }),
    ).rejects.toMatchObject({ statusCode: 409 })
  })
})

it.each([
  ['public', written],
  ['a draft', () => draft()],
])('refuses a review that is %s, and leaves no trace of the attempt', async (_, make) => {
  const { id } = await make()
  await expect(eraseReview(id, INES)).rejects.toMatchObject({ statusCode: 409 })
  expect(await erasure(id)).toBeUndefined()
})

it('leaves a review alone that was restored at the same moment', async () => {
  const { id, word } = await archived()
  const check = () => {
    throw Object.assign(new Error('restored meanwhile'), { statusCode: 412 })
  }
  await expect(eraseReview(id, INES, { check })).rejects.toMatchObject({ statusCode: 412 })
  expect(await erasure(id)).toBeUndefined()
  expect((await readReview(id)).content.title).toContain(word)
})

describe('at the next start', () => {
  /** As if the process had ended right after the event, or before it. */
  const interrupted = async (id: string, isInLog: boolean) => {
    await (
      await useApp()
    )
      .insertInto('erasures')
      .values({ review_id: id, at: 1, actor: 'Ines', posters: '[]', finished_at: null })
      .execute()
    if (isInLog) await run(id, { type: 'EraseReview', data: { slug: `erased-${id}` } })
  }

  it('an interrupted erasure is finished', async () => {
    const { id, word } = await archived()
    await interrupted(id, true)
    expect(filesWith(word)).not.toEqual([])
    await eraseAgain()
    expect(filesWith(word)).toEqual([])
    expect(await erasure(id)).toMatchObject({ finished_at: expect.any(Number) })
  })

  it('one that never reached the log is dropped', async () => {
    const { id, word } = await archived()
    await interrupted(id, false)
    await eraseAgain()
    expect(await erasure(id)).toBeUndefined()
    expect((await readReview(id)).content.title).toContain(word)
  })

  it('what an older backup brought back is erased again, whatever it was then', async () => {
    const list = join(folder(), 'erased-reviews.txt')
    const [wasPublic, wasArchived] = [await written(), await archived()]
    const wasDraft = await draft({ ...WRITTEN, title: 'Draftword comes back' })
    writeFileSync(
      list,
      `${[wasPublic, wasArchived, wasDraft].map(({ id }) => id).join('\n')}\nnobody\n`,
    )
    expect(await eraseAgain()).toEqual([wasPublic.id, wasArchived.id, wasDraft.id])
    expect(await eraseAgain()).toEqual([])
    for (const word of [wasPublic.word, wasArchived.word, 'Draftword'])
      expect(filesWith(word), word).toEqual([])
    expect((await readReview(wasPublic.id)).state).toMatchObject({
      status: 'archived',
      erased: { at: expect.any(String) },
    })
    rmSync(list)
  })
})

it('a stream that was erased can be read by all that follow the log', async () => {
  const { id } = await archived()
  await eraseReview(id, INES)
  const events = await useLog().readStream(streamOf(id))
  expect(events.map(event => [event.type, 'erased' in event.data])).toEqual([
    ['ReviewDrafted', false],
    ['ReviewPublished', true],
    ['ReviewArchived', true],
    ['ReviewErased', false],
  ])
})
