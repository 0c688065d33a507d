/**
 * Sealing, compared with the RFC's own example, the web-push library, and a browser's side of it.
 */
import { createECDH } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import webpush from 'web-push'
import { LONGEST_TEXT, seal } from '../../../server/channels/push/seal'
import { makeSubscriberKeys, openSealed } from '../../support/push-subscriber'

/** RFC 8291 section 5 and appendix A. */
const example = {
  text: 'When I grow up, I want to be a watermelon',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  senderPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  reader: {
    privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
    p256dh:
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

describe('sealing', () => {
  it("gives the bytes of the RFC's example", () => {
    const sender = createECDH('prime256v1')
    sender.setPrivateKey(example.senderPrivate, 'base64url')
    const body = seal(
      Buffer.from(example.text),
      example.reader,
      sender,
      Buffer.from(example.salt, 'base64url'),
    )
    expect(body.toString('base64url')).toBe(example.body)
  })

  it.each(['', 'x', 'Ein Œuvre 🎬', 'a'.repeat(LONGEST_TEXT)])(
    'can be opened by its reader (%#)',
    text => {
      const reader = makeSubscriberKeys()
      const body = seal(Buffer.from(text), reader)
      expect(openSealed(body, reader).text).toBe(text)
      expect(body.length).toBeLessThanOrEqual(4096)
    },
  )

  it('can be opened by nobody else', () => {
    const body = seal(Buffer.from('secret'), makeSubscriberKeys())
    expect(() => openSealed(body, makeSubscriberKeys())).toThrow()
  })

  it('uses another sender key and salt for every message', () => {
    const reader = makeSubscriberKeys()
    const bodies = Array.from({ length: 50 }, () => seal(Buffer.from('x'), reader))
    expect(new Set(bodies.map(body => body.toString('hex', 0, 16))).size).toBe(50)
    expect(new Set(bodies.map(body => openSealed(body, reader).senderKey)).size).toBe(50)
  })

  it('has the same form as what the web-push library makes', async () => {
    const reader = makeSubscriberKeys()
    const theirs = webpush.generateRequestDetails(
      { endpoint: 'https://example.com/x', keys: reader },
      'hello',
      { vapidDetails: { subject: 'mailto:a@example.com', ...webpush.generateVAPIDKeys() } },
    )
    const ours = seal(Buffer.from('hello'), reader)
    expect(openSealed(theirs.body as Buffer, reader).text).toBe(openSealed(ours, reader).text)
    expect(ours.length).toBe((theirs.body as Buffer).length)
    expect(ours.subarray(16, 22)).toEqual((theirs.body as Buffer).subarray(16, 22))
  })

  it.each([
    ['short', Buffer.alloc(10).toString('base64url')],
    ['off the curve', Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url')],
  ])('refuses a key that is %s', (_, p256dh) => {
    expect(() => seal(Buffer.from('x'), { p256dh, auth: example.reader.auth })).toThrow()
  })
})
