/**
 * The preview of a dead letter: the part's own words for the review as it is now, and nothing of an
 * archived one.
 */
import { expect, it } from 'vitest'
import { deadLetterPreview } from '../../server/operations/dead-letter-preview'
import { content, Dead, partUnderTest } from '../support/parts'

async function deadLetter() {
  const h = await partUnderTest(
    () => {
      throw new Dead('gone for good')
    },
    { render: ({ title }) => ({ say: `Read ${title}` }) },
  )
  await h.start()
  await h.publish('a')
  await h.settled(1, 'dead')
  const [row] = await h.rows()
  const { app, subjects } = h.context
  return {
    ...h,
    preview: () => deadLetterPreview({ app, subjects, reactors: [h.reactor] }, row!.id),
  }
}

it('shows what would be sent now', async () => {
  const h = await deadLetter()
  expect(await h.preview()).toMatchObject({
    part: 'far',
    type: 'ReviewPublished',
    say: `Read ${content.title}`,
    event: { review: { id: 'a' } },
  })
  await h.command('a', 'FixReview', { changes: { title: 'Fixed' } })
  expect(await h.preview()).toMatchObject({ say: 'Read Fixed' })
})

it('shows the text of an archived review to nobody', async () => {
  const h = await deadLetter()
  await h.command('a', 'ArchiveReview', { reason: 'wrong cut' })
  const preview = await h.preview()
  expect(preview).toMatchObject({ event: { id: 'a', withdrawn: true } })
  expect(JSON.stringify(preview)).not.toContain(content.body)
  expect(JSON.stringify(preview)).not.toContain(content.summary)
})

it('is undefined once it is not dead any more', async () => {
  const h = await deadLetter()
  await h.app.updateTable('deliveries').set({ state: 'suppressed' }).execute()
  expect(await h.preview()).toBeUndefined()
})
