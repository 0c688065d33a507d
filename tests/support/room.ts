/** A review is one line in a chat room: written on publish, changed on a fix or a correction, taken back on archive. */
import { z } from 'zod'
import {
  defineReactor,
  type Receipt,
  Suppressed,
} from '../../server/delivery/contract/define-reactor'
import { address, secret } from '../../server/delivery/contract/settings-rules'
import { apiClient, type NetworkDelivery } from '../../server/reactor-kit/api-client'
import { contentOf, failureOf, type FarAnswer } from '../../server/reactor-kit/http-answer'
import type { PublicReview } from '../../shared/types/review'
import { filmOf, fitted, tooLong, verdictOf } from '../../shared/wording'

const settings = z.object({
  url: address().describe('the address of the room'),
  token: secret().describe('a token that may write there'),
})
type Settings = z.output<typeof settings>

const MOST = 500

export default defineReactor<undefined, undefined, Settings>({
  name: 'room',
  label: 'Chat room',
  settings,
  on: {
    ReviewPublished: write,
    ReviewFixed: edit,
    ReviewCorrected: edit,
    ReviewArchived: remove,
  },
  render(review, { text: chosen }) {
    const { text, line } = wordsOf(review, chosen)
    const { length } = text
    return { say: text, line, length, limit: MOST, problem: tooLong(length, MOST) }
  },
})

/** Our own line is cut to fit; one that the critic chose is not. */
const wordsOf = ({ movie, rating, summary, url }: PublicReview, chosen?: string) =>
  fitted({
    line: chosen ?? summary,
    tags: [],
    most: MOST,
    count: said => said.length,
    say: line => `${filmOf(movie)}: ${verdictOf(rating)} ${line} ${url}`,
    chosen: chosen !== undefined,
  })

async function write(sending: NetworkDelivery<Settings>): Promise<Receipt> {
  const { review, text, key } = sending
  return lineIn(
    await connect(sending)('POST', '/lines', {
      body: { text: wordsOf(review, text).text },
      headers: { 'idempotency-key': key },
    }),
  )
}

async function edit(sending: NetworkDelivery<Settings>): Promise<Receipt> {
  const { review, text, receipt } = sending
  if (!receipt?.id) throw new Suppressed('nothing was posted')
  const body = { text: wordsOf(review, text).text }
  return lineIn(await connect(sending)('PUT', `/lines/${receipt.id}`, { body }))
}

async function remove(sending: NetworkDelivery<Settings>): Promise<Receipt> {
  const { receipt } = sending
  if (!receipt?.id) throw new Suppressed('nothing was posted')
  const answer = await connect(sending)('DELETE', `/lines/${receipt.id}`)
  if (answer.status >= 300 && answer.status !== 404) throw failureOf(answer)
  return { ...receipt, gone: true }
}

/** The id becomes part of later paths. */
const Line = z.object({ id: z.string().regex(/^\d+$/) })

function lineIn(answer: FarAnswer): Receipt {
  const line = contentOf(answer, Line)
  if (!line) throw failureOf(answer)
  return line
}

const connect = apiClient({
  part: 'room',
  label: 'Chat room',
  settings,
  url: ({ url }) => url,
  headers: ({ settings: { token } }) => ({ authorization: `Bearer ${token}` }),
})
