/**
 * An email on its way: what is composed once, what is each reader's own, and what no address can
 * smuggle in.
 */
import { createSecretKey } from 'node:crypto'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { reviewLetter } from '../../../server/channels/mail/letter'
import { address, compose, fitAddress, UnfitAddress } from '../../../server/channels/mail/message'
import { cut } from '../../../server/channels/mail/placeholders'
import { senderFrom } from '../../../server/channels/mail/sender'
import { recipientsIn, returnPath } from '../../../server/channels/mail/verp'
import { readSettings } from '../../../server/config/settings'
import { sampleReview } from '../../support/sample-review'

const ours = senderFrom({
  mailFrom: 'MyMovies <reviews@mymovies.example>',
  siteUrl: 'https://mymovies.example',
})
const secret = createSecretKey(Buffer.alloc(32, 7))
const recipient = (
  email: string,
  asked = 'You subscribed on 3 March 2026 to get each thriller that we rate 3½ or more.',
) => ({
  email,
  messageId: 'event-1.reader-1@mymovies.example',
  returnPath: returnPath('reader-1', 'bounce@mymovies.example', secret),
  at: Date.UTC(2026, 10, 14, 11, 1, 17),
  filling: {
    date: '14 November 2026',
    askedText: asked,
    askedHtml: asked,
    manageUrl: 'https://mymovies.example/subscribe/manage?token=m.1',
    unsubscribeUrl: 'https://mymovies.example/subscribe/unsubscribe?token=u.1',
  },
})
const composed = (from = ours) => compose(reviewLetter(sampleReview()), from)

describe('a composed email', () => {
  it('carries every header that lists, filters and robots look for', async () => {
    const { headers, from, to, date, messageId, subject } = await simpleParser(
      address(await composed(), recipient('reader@example.com')).raw,
    )
    expect({
      from: from?.value,
      to: to && 'value' in to && to.value,
      date,
      messageId,
      subject,
    }).toEqual({
      from: [{ name: 'MyMovies', address: 'reviews@mymovies.example' }],
      to: [{ name: '', address: 'reader@example.com' }],
      date: new Date('2026-11-14T11:01:17Z'),
      messageId: '<event-1.reader-1@mymovies.example>',
      subject: 'Go twice: The Third Man (1949)',
    })
    expect(headers.get('auto-submitted')).toBe('auto-generated')
    const raw = address(await composed(), recipient('reader@example.com'))
      .raw.split('\r\n\r\n')[0]!
      .replace(/\r\n\s+/g, ' ')
    expect(raw).toMatch(/^List-Id: MyMovies reviews <reviews\.mymovies\.example>$/m)
    expect(raw).toMatch(
      /^List-Unsubscribe: <https:\/\/mymovies\.example\/api\/subscriptions\/email\/unsubscribe\?token=u\.1>$/m,
    )
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    for (const once of ['Message-ID', 'Date', 'To', 'From', 'Subject', 'MIME-Version'])
      expect(raw.match(new RegExp(`^${once}:`, 'gim'))).toHaveLength(1)
  })

  it("reads back as the email, with each place filled with this reader's words", async () => {
    const asked = `You asked, ${'söhr '.repeat(40)}"über" = & all.`
    const parsed = await simpleParser(
      address(await composed(), recipient('reader@example.com', asked)).raw,
    )
    expect(parsed.text).toContain(asked)
    expect(parsed.text).toContain(
      'Unsubscribe: https://mymovies.example/subscribe/unsubscribe?token=u.1\n',
    )
    expect(parsed.html).toContain(
      `${asked} <a class="t1" href="https://mymovies.example/subscribe/manage?token=m.1"`,
    )
    expect(parsed.html).toContain('href="https://mymovies.example/subscribe/unsubscribe?token=u.1"')
    expect(`${parsed.text}${parsed.html}`).not.toMatch(/[\uE000-\uF8FF]/)
  })

  it('can be unsubscribed by email too, where somebody reads that', async () => {
    const { raw } = address(await composed(), {
      ...recipient('reader@example.com'),
      unsubscribeAddress: 'bounces+r1-0123456789abcdef@mymovies.example',
    })
    expect(raw.replace(/\r\n\s+/g, ' ')).toMatch(
      /^List-Unsubscribe: <https:[^>]+>, <mailto:bounces%2Br1-0123456789abcdef@mymovies\.example\?subject=unsubscribe>$/m,
    )
  })

  it('does not promise one click on a site without HTTPS', async () => {
    const { raw } = address(await composed({ ...ours, site: 'http://localhost:3000' }), {
      ...recipient('reader@example.com'),
    })
    expect(raw).toMatch(/^List-Unsubscribe:\s+<http:/m)
    expect(raw).not.toMatch(/^List-Unsubscribe-Post/m)
  })

  it('from a domain in another script is ASCII in its envelope and its ids', async () => {
    const films = senderFrom(
      readSettings({
        NUXT_MAIL_FROM: 'Kino <rezensionen@bücher.example>',
        NUXT_SITE_URL: 'https://bücher.example/',
      }),
    )
    const { raw, from } = address(await compose(reviewLetter(sampleReview()), films), {
      ...recipient('reader@example.com'),
      messageId: `e.r@${films.domain}`,
      returnPath: returnPath('reader-1', `bounce@${films.domain}`, secret),
    })
    const head = raw.split('\r\n\r\n')[0]!
    expect(head).toMatch(/^From: Kino <rezensionen@xn--bcher-kva\.example>\r$/m)
    expect(head).toMatch(/^List-Id: .*<reviews\.xn--bcher-kva\.example>\r$/m)
    expect(`${head}${from}`).toMatch(/^[\x20-\x7E\r\n]+$/)
  })

  it.each([
    '=?utf-8?B?aGk=?=',
    'Amélie =?utf-8?Q?x?= and on',
    `=?us-ascii?q?=41?= ${'映画 '.repeat(60)}`,
  ])('a title that looks like an encoded word is shown as typed: %.40s', async title => {
    const movie = { ...sampleReview().movie, title }
    const { raw } = address(
      await compose(reviewLetter(sampleReview({ movie })), ours),
      recipient('reader@example.com'),
    )
    const { subject } = await simpleParser(raw)
    expect(subject).toBe(`Go twice: ${title.trim()} (1949)`)
    const head = raw.split('\r\n\r\n')[0]!
    expect(Math.max(...head.split('\r\n').map(line => line.length))).toBeLessThanOrEqual(120)
    expect(head.match(/^Subject:/gm)).toHaveLength(1)
  })

  it('never writes a line longer than servers must accept, whatever the titles are', async () => {
    for (const title of [
      'ł'.repeat(400),
      'x'.repeat(1000),
      '= '.repeat(300),
      'Amélie '.repeat(60),
    ]) {
      const mail = address(
        await compose(reviewLetter(sampleReview({ title, summary: title })), ours),
        recipient('reader@example.com'),
      )
      const [head, ...body] = mail.raw.split('\r\n\r\n')
      expect(
        Math.max(
          ...body
            .join('\r\n')
            .split('\r\n')
            .map(line => line.length),
        ),
      ).toBeLessThanOrEqual(76)
      expect(Math.max(...head!.split('\r\n').map(line => line.length))).toBeLessThanOrEqual(120)
      expect(mail.raw).not.toMatch(/[^\r]\n|\r[^\n]/)
      expect((await simpleParser(mail.raw)).text).toContain(
        'Unsubscribe: https://mymovies.example/subscribe/unsubscribe?token=u.1\n',
      )
    }
  })

  it('finds its places however the encoder wraps the lines', async () => {
    expect(cut('a=EE=80=81b=EE=\r\n=80=84c=EE=80=\r\n=82')).toEqual([
      'a',
      'askedText',
      'b',
      'unsubscribeUrl',
      'c',
      'askedHtml',
      '',
    ])
    for (let shift = 0; shift < 80; shift++) {
      const letter = reviewLetter(
        sampleReview({ url: `https://mymovies.example/${'r'.repeat(shift)}` }),
      )
      const { text } = await simpleParser(
        address(
          await compose({ ...letter, text: `${'x'.repeat(shift)}${letter.text}` }, ours),
          recipient('reader@example.com'),
        ).raw,
      )
      expect(text).not.toMatch(/[\uE000-\uF8FF]/)
    }
  })

  it('turns a subject with line breaks into one line', async () => {
    const mail = address(
      await compose(
        { ...reviewLetter(sampleReview()), subject: 'A\r\nBcc: evil@example.com' },
        ours,
      ),
      recipient('reader@example.com'),
    )
    expect((await simpleParser(mail.raw)).bcc).toBeUndefined()
  })
})

describe('an address', () => {
  it.each([
    'a@b\r\nRCPT TO:<evil@example.com>',
    'a@b.example\nBcc: x@y.example',
    'a b@example.com',
    '<a@example.com>',
    'a@b@example.com',
    'a,b@example.com',
    'example.com',
    '@example.com',
    'a@',
    'a\u0000@example.com',
    'a@exa mple.com',
    `${'a'.repeat(250)}@example.com`,
    '"x"@example.com',
  ])('%j is refused', email => {
    expect(() => fitAddress(email)).toThrow(UnfitAddress)
  })

  it('in another script keeps its mailbox and gets an ASCII domain', () => {
    expect(fitAddress('jörg@müller.example')).toBe('jörg@xn--mller-kva.example')
  })
})

describe('a return path', () => {
  it('names its reader again, in whatever case it comes back', () => {
    const path = returnPath('0199-abcd', 'bounces@mymovies.example', secret)
    expect(recipientsIn(`To: <${path.toUpperCase()}>`, secret)).toEqual(['0199-abcd'])
  })

  it('fits into 64 octets with a UUID in it', () => {
    expect(
      returnPath('01990000-0000-7000-8000-000000000000', 'ten-signs.@x.example', secret).split(
        '@',
      )[0]!.length,
    ).toBeLessThanOrEqual(64)
  })

  it.each([
    'bounce+reader-1-0000000000000000@x.example',
    'bounce+reader-2-MAC@x.example',
    'bounce+@x.example',
    '',
  ])('%j made elsewhere names nobody', forged => {
    const genuine = returnPath('reader-1', 'ten-signs.@x.example', secret).slice(-26, -10)
    expect(recipientsIn(forged.replace('MAC', genuine), secret)).toEqual([])
  })
})
