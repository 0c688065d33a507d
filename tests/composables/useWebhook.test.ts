/** One webhook on the desk: each press asks the server, and says what came of it. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import { useWebhook } from '../../composables/useWebhook'
import { webhook } from '../components/support/examples'
import { visited } from '../components/support/nuxt-app'
import { answer, asked, Problem, unreachable } from '../components/support/server'
import { inComponent } from './host'

const AT = '/api/webhooks/w1'
beforeEach(() => {
  answer(`GET ${AT}`, { ...webhook(), waiting: 0, givenUp: 0, deliveries: [] })
})
const open = () => inComponent(() => useWebhook('w1')).result

it('shows the answer to a test, and reloads itself', async () => {
  answer(`POST ${AT}/test`, { ok: true, status: 204, ms: 12 })
  const { test, answer: shown, busy } = open()
  const done = test()
  expect(busy.value).toBe('test')
  await done
  expect([shown.value?.status, busy.value]).toEqual([204, ''])
  expect(asked.map(({ what }) => what)).toEqual([`GET ${AT}`, `POST ${AT}/test`, `GET ${AT}`])
})

it('keeps a secret on the screen when creating the next one fails', async () => {
  answer(`POST ${AT}/rotate`, { secret: 'whsec_new' })
  const { rotate, secret, trouble } = open()
  await rotate()
  answer(`POST ${AT}/rotate`, new Problem(409, { detail: 'A rotation is under way.' }))
  await rotate()
  expect([secret.value, trouble.value]).toEqual(['whsec_new', 'A rotation is under way.'])
})

it('shows what a replay would send before it sends it', async () => {
  answer(`POST ${AT}/replay`, { count: 1, items: [] })
  const { previewReplay, replay, replayPreview, said } = open()
  await previewReplay(12)
  expect(asked.at(-2)!.body).toEqual({ from: 12, dryRun: true })
  expect(replayPreview.value).toEqual({ from: 12, count: 1, items: [] })
  answer(`POST ${AT}/replay`, { planned: 1 })
  await replay(12)
  expect(replayPreview.value).toBeUndefined()
  expect(said.value).toMatch(/^1 event is/)
})

it('says that it was switched on or off only if it was', async () => {
  answer(`PATCH ${AT}`, unreachable)
  const { enable, said, trouble } = open()
  await enable(true)
  expect(said.value).toBe('')
  expect(trouble.value).not.toBe('')
  answer(`PATCH ${AT}`, {})
  await enable(false)
  expect(said.value).not.toBe('')
  expect(trouble.value).toBe('')
})

it('leaves the page of a deleted webhook, and stays if deleting failed', async () => {
  answer(`DELETE ${AT}`, unreachable)
  const { remove } = open()
  await remove()
  expect(visited).toEqual([])
  answer(`DELETE ${AT}`, undefined)
  await remove()
  await flushPromises()
  expect(visited).toEqual(['/editor/webhooks'])
})
