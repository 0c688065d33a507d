/** The commands of the writing page: each saves first, runs once, and says why if it fails. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { reactive, ref } from 'vue'
import { useReviewCommands } from '../../composables/useReviewCommands'
import { createAutosave } from '../../utils/autosave'
import { sendWriting } from '../../utils/send-writing'
import { draft, publishedReview, writing as sample } from '../components/support/examples'
import { answer, asked, Problem, unreachable } from '../components/support/server'
import { inComponent } from './host'

const PUBLISH = 'POST /api/reviews/r1/publish'
const SAVE = 'PATCH /api/reviews/r1'

function open() {
  const review = ref(draft())
  const writing = reactive(sample())
  const autosave = createAutosave({
    base: { version: 3, writing: sample() },
    send: (changes, version) => sendWriting('r1', changes, version),
    keepVersion: async () => ({ kind: 'offline' }),
    keep: () => {},
    show: () => {},
    merged: () => {},
    clashed: () => {},
    refused: () => {},
    pause: 60_000,
  })
  onTestFinished(autosave.stop)
  const { result } = inComponent(() => useReviewCommands(review, autosave, writing))
  const type = (title: string) => {
    writing.title = title
    autosave.changed({ ...writing })
  }
  return { ...result, review, writing, type }
}
const sent = () => asked.map(({ what }) => what)

beforeEach(() => {
  answer(PUBLISH, {})
  answer('GET /api/desk/reviews/r1', publishedReview({ version: 4 }))
})

it('saves what is typed, then publishes that version and shows the review as it is now', async () => {
  answer(SAVE, { version: 4, updatedAt: '2026-11-14T11:01:17.000Z' })
  const { publish, type, review } = open()
  type('A new title')
  answer(
    'GET /api/desk/reviews/r1',
    publishedReview({ version: 4, content: { ...sample({ title: 'A new title' }) } as never }),
  )
  expect(await publish({ x: false })).toBe(true)
  expect(sent()).toEqual([SAVE, PUBLISH, 'GET /api/desk/reviews/r1'])
  expect(asked[1]!.headers.get('if-match')).toBe('"4"')
  expect(asked[1]!.body).toEqual({ parts: { x: false } })
  expect(review.value.status).toBe('published')
})

it('does not publish if saving failed', async () => {
  answer(SAVE, unreachable)
  const { publish, type, trouble } = open()
  type('A new title')
  expect(await publish({})).toBe(false)
  expect(sent()).toEqual([SAVE])
  expect(trouble.value).toMatch(/^Not published\./)
})

it('does one thing at a time', async () => {
  const { publish, archive } = open()
  const [first, second] = await Promise.all([publish({}), archive('Wrong film.')])
  expect([first, second]).toEqual([true, false])
  expect(sent()).not.toContain('POST /api/reviews/r1/archive')
})

it('sends the same command at a second press after a lost answer, and a new one after a refusal', async () => {
  const { publish } = open()
  answer(PUBLISH, unreachable)
  await publish({})
  await publish({})
  answer(PUBLISH, new Problem(422, { errors: [{ path: 'rating', message: 'must be set' }] }))
  await publish({})
  await publish({})
  const keys = asked.map(({ headers }) => headers.get('idempotency-key'))
  expect(new Set(keys.slice(0, 3)).size).toBe(1)
  expect(keys[3]).not.toBe(keys[0])
})

it('says what is missing until that field changes', async () => {
  answer(PUBLISH, new Problem(422, { errors: [{ path: 'rating', message: 'must be set' }] }))
  const { publish, problems, trouble, writing } = open()
  await publish({})
  expect(problems.value).toEqual({ rating: 'Must be set.' })
  expect(trouble.value).toBe('Not published. It needs a rating.')
  writing.rating = 4
  expect([problems.value, trouble.value]).toEqual([{}, ''])
})

it.each([
  [401, {}, /signed out/],
  [503, { title: 'The disk is full' }, /The disk is full/],
  [500, {}, /could not/],
])('says why when the server answers %i', async (status, document, words) => {
  answer(PUBLISH, new Problem(status, document))
  const { publish, trouble } = open()
  expect(await publish({})).toBe(false)
  expect(trouble.value).toMatch(words)
})

it('takes over what somebody else saved in the meantime', async () => {
  const { publish, trouble } = open()
  const current = { ...sample({ title: 'Their title' }), version: 5 }
  answer(PUBLISH, new Problem(412, { current }))
  expect(await publish({})).toBe(false)
  expect(trouble.value).toMatch(/somebody else/)
  answer(PUBLISH, {})
  await publish({})
  expect(asked.findLast(({ what }) => what === PUBLISH)!.headers.get('if-match')).toBe('"5"')
})

it.each([
  [
    'correct',
    (acts: ReturnType<typeof open>) => acts.correct({ rating: 4 }, '  '),
    'note',
    /what is right\.$/,
  ],
  ['archive', (acts: ReturnType<typeof open>) => acts.archive(''), 'reason', /^Give a reason/],
])('asks for words before it sends anything: %s', async (_, act, field, words) => {
  const acts = open()
  document.body.innerHTML = `<input aria-invalid="true">`
  await act(acts)
  await flushPromises()
  expect(asked).toEqual([])
  expect(acts.problems.value[field]).toMatch(words)
  expect(document.activeElement).toBe(document.querySelector('input'))
  acts.forget(field)
  expect(acts.problems.value).toEqual({})
})

it.each([
  ['restore', 'POST /api/reviews/r1/restore'],
  ['unschedule', 'DELETE /api/reviews/r1/schedule'],
  ['discard', 'POST /api/desk/reviews/r1/discard'],
  ['bringBack', 'POST /api/desk/reviews/r1/bring-back'],
] as const)('%s asks at %s', async (act, what) => {
  answer(what, {})
  expect(await open()[act]()).toBe(true)
  expect(sent()[0]).toBe(what)
})
