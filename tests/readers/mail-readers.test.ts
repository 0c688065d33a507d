/**
 * Double opt-in: asking, confirming, leaving, and what a stranger can do to an address (nothing but
 * five emails a day).
 */
import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AppTables } from '../../server/db/schema'
import {
  askByMail,
  CONFIRM_WITHIN,
  confirmByMail,
  readConfirmation,
} from '../../server/readers/confirmation/double-opt-in'
import { EMAILS_A_DAY } from '../../server/readers/confirmation/mailbox'
import { forgetExpired } from '../../server/readers/forget-expired'
import { managedMailReader } from '../../server/readers/mail-readers'
import { tokenFor } from '../../server/readers/tokens'
import { suppressAddress, suppressMailReader, unsubscribe } from '../../server/readers/unsubscribe'
import type { Wants } from '../../shared/types/wants'
import { place } from './place'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const ines = 'ines@example.org'
let app: Kysely<AppTables>
beforeEach(async () => {
  app = await place()
})

const ask = async (wants: Wants = {}, now = NOW, email = ines) =>
  (await askByMail(app, { email, wants, now }))?.token
const confirm = (token: string | undefined, head = 7, now = NOW) =>
  confirmByMail(app, token!, { head, now })
const row = () => app.selectFrom('mail_readers').selectAll().executeTakeFirst()

describe('asking and confirming', () => {
  it('makes a reader who starts at the place in the log where the button was pressed', async () => {
    const token = await ask({ genres: ['Thriller'], minRating: 3 })
    expect(await row()).toMatchObject({ state: 'unconfirmed', email: ines })
    expect(await confirm(token, 7, NOW + HOUR)).toMatchObject({ state: 'confirmed' })
    expect(await row()).toMatchObject({
      state: 'active',
      position: 7,
      min_rating: 3,
      confirmed_at: NOW + HOUR,
      asked: null,
    })
  })

  it('confirming a second time changes nothing', async () => {
    const token = await ask()
    await confirm(token, 7)
    expect(await confirm(token, 9, NOW + HOUR)).toMatchObject({ state: 'confirmed' })
    expect(await row()).toMatchObject({ position: 7, confirmed_at: NOW })
  })

  it('reading a token changes nothing', async () => {
    const token = await ask({ minRating: 3 })
    expect(await readConfirmation(app, token!, NOW)).toMatchObject({
      state: 'open',
      reader: { asked: '{"minRating":3}' },
    })
    expect(await row()).toMatchObject({ state: 'unconfirmed' })
  })

  it("leaves a reader's wants alone until the email is answered", async () => {
    await confirm(await ask({ minRating: 3 }))
    const token = await ask({ minRating: 5 }, NOW + DAY)
    expect(await row()).toMatchObject({ state: 'active', wants: '{"minRating":3}' })
    await confirm(token, 20, NOW + DAY)
    expect(await row()).toMatchObject({
      wants: '{"minRating":5}',
      min_rating: 5,
      position: 7,
      confirmed_at: NOW,
    })
  })

  it('of two emails with the same wants both work, with different wants only the newer', async () => {
    const first = await ask({ minRating: 3 })
    const second = await ask({ minRating: 3 }, NOW + HOUR)
    const third = await ask({ minRating: 4 }, NOW + 2 * HOUR)
    expect(second).toBe(first)
    expect(await confirm(first)).toEqual({ state: 'superseded' })
    expect(await confirm(third)).toMatchObject({ state: 'confirmed' })
  })

  it('recognises an address in different case', async () => {
    await confirm(await ask())
    await ask({}, NOW, 'Ines@Example.org')
    expect(
      (await app.selectFrom('mail_readers').selectAll().execute()).map(reader => reader.email),
    ).toEqual([ines])
  })

  it('sends at most five emails a day, and the last one still works', async () => {
    const tokens = []
    for (let i = 0; i < EMAILS_A_DAY; i++) tokens.push(await ask({ minRating: i }, NOW + i))
    expect(await ask({ minRating: 5 }, NOW + DAY - 1)).toBeUndefined()
    expect(await readConfirmation(app, tokens.at(-1)!, NOW + DAY)).toMatchObject({ state: 'open' })
    expect(await ask({ minRating: 5 }, NOW + DAY + 1)).toBeDefined()
  })

  it.each([
    ['a tag', 'ines@x.org ines+1@x.org ines+2@x.org ines+a+b@x.org ines+@x.org ines+4@x.org'],
    ['its case', 'ines@x.org INES@x.org Ines@x.org iNes@x.org inEs@x.org ineS@x.org'],
    [
      'Gmail',
      'ines@gmail.com i.nes@gmail.com in.es@gmail.com i.n.e.s+x@gmail.com ines@googlemail.com I.nes@Googlemail.com',
    ],
    [
      'Yahoo',
      'ines@yahoo.com ines-1@yahoo.com ines-2@yahoo.com ines-3@yahoo.com ines-4@yahoo.com ines-5@yahoo.com',
    ],
  ])('counts a mailbox, not its spellings: %s', async (_, spellings) => {
    const tokens = []
    for (const email of spellings.split(' ')) tokens.push(await ask({}, NOW, email))
    expect(tokens.map(Boolean)).toEqual([true, true, true, true, true, false])
  })

  it('dots elsewhere, and what stands before a lone plus, are other mailboxes', async () => {
    for (let i = 0; i < EMAILS_A_DAY; i++) await ask({ minRating: i }, NOW, 'i.nes@example.org')
    expect(await ask({}, NOW, 'ines@example.org')).toBeDefined()
    expect(await ask({}, NOW, '+a@example.org')).toBeDefined()
  })

  it('forgets an address that never answered', async () => {
    const token = await ask()
    expect(await confirm(token, 7, NOW + CONFIRM_WITHIN + 1)).toEqual({ state: 'expired' })
    await ask({}, NOW + CONFIRM_WITHIN, 'tom@example.org')
    await forgetExpired(app, NOW + CONFIRM_WITHIN + 1)
    expect(await app.selectFrom('mail_readers').select('email').execute()).toEqual([
      { email: 'tom@example.org' },
    ])
  })

  it('forgets what the outbox kept for an address that never answered, and nothing else', async () => {
    const kept = (message_id: string, at: number) => ({
      message_id,
      at,
      sender: 'us',
      recipient: 'ines@example.org',
      subject: '',
      source: '',
    })
    await app
      .insertInto('outbox')
      .values([kept('confirm.a.1@m', NOW), kept('event.a@m', NOW), kept('confirm.b.1@m', NOW + 2)])
      .execute()
    await forgetExpired(app, NOW + CONFIRM_WITHIN + 1)
    expect(await app.selectFrom('outbox').select('message_id').orderBy('id').execute()).toEqual([
      { message_id: 'event.a@m' },
      { message_id: 'confirm.b.1@m' },
    ])
  })

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['noise', 'x'.repeat(5000)],
    ['another reader with the same mac', 'swap'],
    ['a mac for another purpose', 'purpose'],
    ['a mac cut short', 'short'],
    ['a later day', 'later'],
  ])('a forged token is worth nothing: %s', async (_, kind) => {
    const token = (await ask())!
    const { id } = (await row())!
    const forged =
      {
        swap: token.replace(/^.{8}/, '00000000'),
        purpose: tokenFor('unsubscribe', `${id}.${NOW}`),
        short: token.slice(0, -1),
        later: token.replace(String(NOW), String(NOW + 1)),
      }[kind] ?? kind
    expect(await confirm(forged)).toEqual({ state: 'forged' })
    expect(await row()).toMatchObject({ state: 'unconfirmed' })
  })
})

describe('leaving', () => {
  const join = async () => {
    await confirm(await ask())
    return (await row())!.id
  }

  it('takes one click, erases the address and says the same the second time', async () => {
    const token = tokenFor('unsubscribe', await join())
    expect(await unsubscribe(app, token, NOW)).toBe(true)
    expect(await row()).toBeUndefined()
    expect(await unsubscribe(app, token, NOW)).toBe(true)
    expect(await app.selectFrom('suppressions').selectAll().execute()).toMatchObject([
      { reason: 'unsubscribed' },
    ])
    expect(
      JSON.stringify(await app.selectFrom('suppressions').selectAll().execute()),
    ).not.toContain('ines')
  })

  it('needs a real token', async () => {
    const id = await join()
    expect(await unsubscribe(app, `${id}.forged`, NOW)).toBe(false)
    expect(await row()).toBeDefined()
  })

  it('invalidates the manage token', async () => {
    const id = await join()
    const token = tokenFor('manage-mail', id)
    expect(await managedMailReader(app, token)).toMatchObject({ id })
    expect(await managedMailReader(app, tokenFor('unsubscribe', id))).toBeUndefined()
    await suppressMailReader(app, id, 'erased', NOW)
    expect(await managedMailReader(app, token)).toBeUndefined()
  })

  it('erases emails in the outbox too', async () => {
    const id = await join()
    const letter = (recipient: string) => ({
      message_id: recipient,
      sender: 'us',
      recipient,
      subject: '',
      source: '',
      at: NOW,
    })
    await app
      .insertInto('outbox')
      .values([letter(ines), letter('tom@example.org')])
      .execute()
    await suppressMailReader(app, id, 'erased', NOW)
    expect(await app.selectFrom('outbox').select('recipient').execute()).toEqual([
      { recipient: 'tom@example.org' },
    ])
  })

  it('by a link from before the reader left and came back stops the emails of today', async () => {
    const old = await join()
    const link = tokenFor('unsubscribe', old)
    expect(await unsubscribe(app, link, NOW)).toBe(true)
    await confirm(await ask({}, NOW + HOUR), 9)
    const now = (await row())!.id
    expect((await managedMailReader(app, tokenFor('manage-mail', old)))?.id).toBe(now)
    expect(await unsubscribe(app, link, NOW + 2 * HOUR)).toBe(true)
    expect(await row()).toBeUndefined()
    await confirm(await ask({}, NOW + 3 * HOUR), 10)
    await suppressMailReader(app, old, 'bounced', NOW + 4 * HOUR)
    expect(await row()).toBeUndefined()
    expect(await app.selectFrom('suppressions').select('reason').execute()).toEqual([
      { reason: 'bounced' },
    ])
  })

  it('works by a link from before the address itself was suppressed', async () => {
    const old = await join()
    await suppressAddress(app, ines, 'bounced', NOW)
    await confirm(await ask({}, NOW + HOUR), 9)
    expect(await unsubscribe(app, tokenFor('unsubscribe', old), NOW)).toBe(true)
    expect(await row()).toBeUndefined()
  })

  it('is not for ever: asking again and confirming makes a new reader', async () => {
    const id = await join()
    await suppressMailReader(app, id, 'unsubscribed', NOW)
    await confirm(await ask({}, NOW + HOUR), 9)
    expect(await row()).toMatchObject({ state: 'active', position: 9 })
    expect((await row())!.id).not.toBe(id)
    expect(await app.selectFrom('suppressions').selectAll().execute()).toEqual([])
  })
})
