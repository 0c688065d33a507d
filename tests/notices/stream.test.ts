/** A stream whose consumer reads slowly: it is written to piece by piece, and never told what may no longer be shown. */
import { get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { useLog } from '../../server/log'
import { openDeskRoom, run, WRITTEN } from '../support/desk-room'
import { eventsAddress, openWays } from '../support/ways'

const REVIEWS = 120
/** Together more than the buffers between two processes hold. */
const BODY = 'Harry Lime arrives late. '.repeat(3500)
let close: () => Promise<void>
let closeWays: () => void

beforeAll(async () => {
  close = await openDeskRoom()
  closeWays = await openWays()
  for (let n = 0; n < REVIEWS; n++) {
    const id = `r${n}`
    const critic = { id: 'ines', name: 'Ines Okafor' }
    const content = { ...WRITTEN, body: BODY, tree: [] }
    await run(id, { type: 'DraftReview', data: { id, critic } } as never)
    await run(id, { type: 'PublishReview', data: { slug: id, content } } as never)
  }
}, 60_000)
afterAll(async () => {
  closeWays()
  await close()
})

it('says of a review that was archived while the consumer was behind only that', async () => {
  const head = await useLog().head()
  const asked = get(`${eventsAddress()}?shape=fat`, { headers: { accept: 'text/event-stream' } })
  const stream = await new Promise<IncomingMessage>(resolve => asked.once('response', resolve))
  stream.pause()
  await run(`r${REVIEWS - 1}`, { type: 'ArchiveReview', data: { reason: 'Wrong film.' } } as never)
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk
    if (text.includes(`id: ${head + 1}\n`) && text.endsWith('\n\n')) break
  }
  asked.destroy()
  const notices = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!))
  expect(notices).toHaveLength(REVIEWS + 1)
  expect(notices[0].data.body).toBe(BODY)
  const last = notices.filter(({ subject }) => subject === `r${REVIEWS - 1}`)
  const gone = { id: `r${REVIEWS - 1}`, url: expect.any(String), withdrawn: true }
  expect(last.map(({ data }) => data)).toEqual([gone, gone])
}, 60_000)
