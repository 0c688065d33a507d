/** The top of a webhook's page. */
import { expect, it } from 'vitest'
import WebhookHeader from '../../../components/editor/WebhookHeader.vue'
import { webhookPage } from '../support/examples'
import { show } from '../support/show'

const open = (given: object = {}) =>
  show(WebhookHeader, {
    webhook: webhookPage(),
    added: '14 November 2026',
    busy: '',
    isOff: false,
    ...given,
  })

it('says which events it gets and what of a review; the names of fields stay as they are', async () => {
  const all = await open()
  expect(all.find('h1').text()).toBe('partner.example/hook')
  expect(all.find('p').text()).toMatch(/^Active\s*\. Events: all events\.\s+Payload: link\./)
  const some = await open({
    webhook: webhookPage({
      types: ['com.mymovies.review.published.v1'],
      shape: 'pick',
      fields: ['id', 'publishedAt'],
    }),
  })
  expect(some.find('p').text()).toMatch(/Events: published\.\s+Payload: id, publishedAt\./)
})

it('tests, pauses and makes a new secret', async () => {
  const { button, emitted } = await open()
  await button(/test/).trigger('click')
  await button(/^Pause$/).trigger('click')
  await button(/secret/).trigger('click')
  expect([emitted('test'), emitted('enable'), emitted('rotate')]).toEqual([[[]], [[false]], [[]]])
})

it('turns on what is off', async () => {
  const { button, emitted } = await open({ isOff: true })
  await button(/^Turn on$/).trigger('click')
  expect(emitted('enable')).toEqual([[true]])
})

it('can do nothing while busy, and says what it waits for', async () => {
  const { findAll, button } = await open({ busy: 'test' })
  expect(findAll('button').every(one => one.attributes('disabled') === '')).toBe(true)
  expect(button(/^Waiting/).exists()).toBe(true)
})
