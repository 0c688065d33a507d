/** The webhook pages of the desk: adding a webhook, testing it, rotating its secret, pausing, replaying and deleting it. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, OWNER } from '../support/account'
import { alive, atTheDesk, button } from '../support/desk'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { WebhookReceiver } from '../support/webhook-receiver'

let partner: WebhookReceiver
let server: TestServer
let critic: Caller
beforeAll(async () => {
  partner = await WebhookReceiver.start()
  server = await startServer({
    env: { NUXT_ALLOW_TARGETS: `webhook:${new URL(partner.origin).host}` },
  })
  critic = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  await partner.close()
})

it('takes a webhook from its creation to its notices, and deletes it', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${server.url}/editor/webhooks`)
  await alive(page)
  await page.getByText('No webhooks yet.').waitFor()

  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('http://10.0.0.1/hook')
  await page.getByRole('radio', { name: 'Chosen fields of the review' }).check()
  await button(page, 'Add').click()
  await page.getByText('Is not https.').waitFor()
  expect(await address.inputValue()).toBe('http://10.0.0.1/hook')
  await address.fill(`${partner.origin}/hook`)
  await button(page, 'Add').click()
  await page.getByText('Must name at least one.').waitFor()
  await page.getByRole('checkbox', { name: 'title' }).check()
  await button(page, 'Add').click()
  const shown = page.getByRole('textbox', { name: 'Secret (shown only once)' })
  await shown.waitFor()
  partner.trust('/hook', await shown.inputValue())
  await page.reload()
  await alive(page)
  expect(await shown.count()).toBe(0)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await page.getByRole('link', { name: `${new URL(partner.origin).host}/hook` }).click()
  expect(await page.locator('h1.address').innerHTML()).toContain('/<wbr>hook')
  await button(page, 'Send a test').click()
  await page.getByText(/The test arrived: 204 in \d+ ms/).waitFor()
  const review = await publish(critic)
  await page.getByRole('row', { name: /published.*Sent/ }).waitFor()
  expect(partner.taken('/hook').at(-1)!.notice.data).toEqual({
    id: review.id,
    title: 'On The Third Man',
  })

  await button(page, 'New secret').click()
  await shown.waitFor()
  partner.trust('/hook', await shown.inputValue())
  await page.getByText('Each event carries two signatures').waitFor()

  await button(page, 'Pause').click()
  await page.getByText('It gets no events until it is turned on').waitFor()
  await publish(critic, { movie: { title: 'Heat', year: 1995, genres: ['Crime'] } })
  await button(page, 'Turn on').click()
  await page.getByRole('textbox', { name: 'From position' }).fill(String(review.event.position + 1))
  await button(page, 'Show what would be sent').click()
  await page.getByText('On Heat').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await button(page, 'Send it').click()
  await expect
    .poll(() => partner.taken('/hook').at(-1)!.notice.data.title, { timeout: 15_000 })
    .toBe('On Heat')

  partner.behave('/hook', { status: 410 })
  await button(page, 'Send a test').click()
  await page.getByText(/The test did not arrive: answered 410/).waitFor()
  await publish(critic, { movie: { title: 'Ran', year: 1985, genres: ['Drama'] } })
  await page.getByText(/We turned it off .*410/).waitFor()
  await page.getByText('Delete this webhook').click()
  await button(page, 'Delete for good').click()
  await page.getByText('No webhooks yet.').waitFor()
  expect(complaints).toEqual([])
  expect(partner.violations).toEqual([])
})

it('says if there are none, and tells critics that the page is not for them', async () => {
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/webhooks/nobody`)
  await page.getByText('This webhook does not exist').waitFor()
  const zoe = {
    name: 'Zoe',
    email: 'zoe@example.org',
    password: 'a wheel below Vienna',
    role: 'critic',
  }
  expect((await critic('/api/people', { body: zoe })).status).toBe(201)
  const theirs = await atTheDesk(server.url, zoe)
  await theirs.goto(`${server.url}/editor/webhooks`)
  await theirs.getByText('Only editors can manage webhooks.').waitFor()
})
