/** "Send all" pressed twice at the same moment sends each kept email once, over real SMTP. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailContext } from '../support/mail-context'

let context: Awaited<ReturnType<typeof mailContext>>
beforeAll(async () => {
  context = await mailContext()
})
afterAll(() => context.close())

it('an alert that was kept leaves once', async () => {
  const { sendKept } = await import('../../server/operations/kept-emails')
  await context.app
    .insertInto('outbox')
    .values({
      message_id: 'alert.1@mymovies.example',
      sender: 'MyMovies <reviews@mymovies.example>',
      recipient: 'owner@mymovies.example',
      subject: 'Email gave up',
      source: 'Subject: Email gave up\r\n\r\nLook.\r\n',
      at: 1,
    })
    .execute()
  const press = () => sendKept({ app: context.app, part: 'email', now: Date.now() })
  expect((await Promise.all([press(), press()])).sort()).toEqual([0, 1])
  expect(context.smtp.taken).toHaveLength(1)
})
