/** Adds a webhook: an address, the notices it is called on, and how much of a review it gets. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import WebhookForm from '../../../components/editor/WebhookForm.vue'
import { answer, asked, Problem, unreachable } from '../support/server'
import { show } from '../support/show'

beforeEach(() => {
  answer('GET /api/subscriptions/choices', {
    genres: ['Thriller', 'War'],
    critics: [
      { id: 'ines', name: 'Ines Okafor' },
      { id: 'tom', name: 'Tom Reyes' },
    ],
  })
})
const WEBHOOKS = 'POST /api/webhooks'
const sent = () => asked.find(({ what }) => what === WEBHOOKS)!.body
const send = async ({ find }: Awaited<ReturnType<typeof show>>) => {
  await find('form').trigger('submit')
  await flushPromises()
}

it('sends the address, and subscribes to every kind of notice by naming none', async () => {
  answer(WEBHOOKS, { id: 'w1', secret: 'whsec_123' })
  const form = await show(WebhookForm, {})
  await form.find('[name=url]').setValue(' https://partner.example/hook ')
  await send(form)
  expect(sent()).toEqual({ url: 'https://partner.example/hook', shape: 'thin' })
  expect(form.emitted('made')).toEqual([[{ id: 'w1', secret: 'whsec_123' }]])
  expect(form.find<HTMLInputElement>('[name=url]').element.value).toBe('')
})

it('asks for fields only if some are wanted', async () => {
  answer(WEBHOOKS, { id: 'w1', secret: 'whsec_123' })
  const form = await show(WebhookForm, {})
  expect(form.find('[name=fields]').exists()).toBe(false)
  await form.find('[value=pick]').setValue()
  await form.find('[name=fields][value=title]').setValue(true)
  await form.find('[name=types]').setValue(false)
  await send(form)
  const { types, fields } = sent() as { types: string[]; fields: string[] }
  expect(fields).toEqual(['title'])
  expect(types).toHaveLength(form.findAll('[name=types]').length - 1)
})

it('asks only for the reviews that were chosen', async () => {
  answer(WEBHOOKS, { id: 'w1', secret: 'whsec_123' })
  const form = await show(WebhookForm, {})
  await form.find('[name=genres][value=War]').setValue(true)
  await form.find('[name=critics][value=tom]').setValue(true)
  await form.find('[name=minRating]').setValue('4.5')
  await form.find('[name=subject]').setValue(' r1, r2 ')
  await send(form)
  expect(sent()).toMatchObject({
    subject: ['r1', 'r2'],
    wants: { genres: ['War'], critics: ['tom'], minRating: 4.5 },
  })
})

it('shows the problem beside its field, keeps what was typed, and moves the focus there', async () => {
  answer(WEBHOOKS, new Problem(422, { errors: [{ path: 'url', message: 'must be public' }] }))
  const form = await show(WebhookForm, {})
  await form.find('[name=url]').setValue('http://10.0.0.1/hook')
  await send(form)
  const input = form.find<HTMLInputElement>('[name=url]')
  expect(input.element.value).toBe('http://10.0.0.1/hook')
  expect(document.activeElement).toBe(input.element)
  expect(form.text()).toContain('Must be public.')
  expect(form.emitted('made')).toBeUndefined()
})

it('shows a problem without a field at the top, and can be sent again', async () => {
  answer(WEBHOOKS, unreachable)
  const form = await show(WebhookForm, {})
  await send(form)
  expect(form.find('[role=alert]').exists()).toBe(true)
  expect(form.find('[type=submit]').attributes('disabled')).toBeUndefined()
})
