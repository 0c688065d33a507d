/** How a save went, in one word: only what may succeed later is tried again. */
import { expect, it } from 'vitest'
import { sendWriting } from '../../utils/send-writing'
import { writing } from '../components/support/examples'
import { answer, asked, Problem, unreachable } from '../components/support/server'

const SAVE = 'PATCH /api/reviews/r1'
const send = () => sendWriting('r1', { title: 'A new title' }, 3)
const errors = [{ path: 'title', message: 'is too long' }]

it('sends the changes for the version that they were made on', async () => {
  answer(SAVE, { version: 4, updatedAt: 'now' })
  expect(await send()).toEqual({ kind: 'saved', version: 4, at: 'now' })
  expect(asked[0]!.headers.get('if-match')).toBe('"3"')
  expect(asked[0]!.body).toEqual({ title: 'A new title' })
})

it.each([
  [
    412,
    { current: { ...writing(), version: 5 } },
    { kind: 'changed', current: { version: 5, writing: writing() } },
  ],
  [422, { errors }, { kind: 'refused', errors }],
  [413, { errors }, { kind: 'refused', errors }],
  [401, {}, { kind: 'signed-out' }],
  [429, {}, { kind: 'offline' }],
  [503, {}, { kind: 'offline' }],
  [403, { detail: 'It is not yours.' }, { kind: 'failed', say: 'It is not yours.' }],
  [412, {}, { kind: 'failed', say: expect.any(String) }],
])('%i with %o', async (status, document, outcome) => {
  answer(SAVE, new Problem(status, document))
  expect(await send()).toEqual(outcome)
  expect(asked).toHaveLength(1)
})

it('is offline where the server cannot be reached', async () => {
  answer(SAVE, unreachable)
  expect(await send()).toEqual({ kind: 'offline' })
})
