/** What the publish panel may send about parts, and how much of it is kept. */
import { beforeAll, expect, it } from 'vitest'
import { registerReactors } from '../../server/delivery/contract/registry'
import { choicesOf, requireFitting } from '../../server/desk/part-choices'
import { shortNetwork } from '../support/desk-room'
import { sampleReview } from '../support/sample-review'

beforeAll(() => registerReactors([shortNetwork]))

it.each<[string, Parameters<typeof choicesOf>[0], ReturnType<typeof choicesOf>]>([
  ['nothing sent', undefined, undefined],
  ['switched on, as it is anyway', { short: true }, undefined],
  ['no words of its own', { short: { text: '' } }, undefined],
  ['switched off', { short: false }, { short: false }],
  ['own words', { short: { text: 'Go.' } }, { short: { text: 'Go.' } }],
])('keeps what differs: %s', (_, sent, kept) => expect(choicesOf(sent)).toEqual(kept))

it.each([true, false, { text: 'Go.' }])(
  'refuses a part that does not exist, sent as %j',
  choice => {
    expect(() => choicesOf({ short: false, telegraph: choice })).toThrow(
      expect.objectContaining({
        statusCode: 422,
        errors: [{ path: 'parts.telegraph', message: 'is not a channel of this site' }],
      }),
    )
  },
)

it('names the field of the words that do not fit, and the part in plain words', async () => {
  const review = sampleReview()
  await expect(
    requireFitting({ short: { text: 'x'.repeat(40) } }, async () => review),
  ).rejects.toMatchObject({
    statusCode: 422,
    message: 'The text for Short network is too long.',
    errors: [{ path: 'parts.short.text', message: 'is too long' }],
  })
})
