/**
 * Makes the RFC 5322 message of an email: composed once for everybody, then filled in with each
 * recipient's own lines.
 */
import { domainToASCII } from 'node:url'
import MailComposer from 'nodemailer/lib/mail-composer'
import { encodeWord } from 'nodemailer/lib/mime-funcs'
import { encode, wrap } from 'nodemailer/lib/qp'
import type { Letter } from './letter'
import { cut, type Filling, type Place } from './placeholders'
import type { Sender } from './sender'

/** The encoded message without the recipient's headers: text, place, text, place, …, text. */
export interface Composed {
  sender: Sender
  subject: string
  pieces: string[]
  bulk: boolean
}

/**
 * One recipient. `messageId` is the same for every attempt; `returnPath` is the envelope sender;
 * an email to `unsubscribeAddress` unsubscribes.
 */
export interface Recipient {
  email: string
  messageId: string
  returnPath: string
  unsubscribeAddress?: string
  filling?: Filling
  at: number
}

/**
 * Ready for any transport: nothing in `raw` or `envelope` can be read as another header, command or
 * address.
 */
export interface Mail {
  from: string
  envelope: { from: string; to: string }
  messageId: string
  subject: string
  raw: string
}

/** Thrown for an address that cannot be put into an envelope or a header. */
export class UnfitAddress extends Error {
  constructor() {
    super('no email can be sent to this address')
    this.name = 'UnfitAddress'
  }
}

/**
 * `bulk` emails carry one-click unsubscribe (RFC 2369, RFC 8058); with a confirmation there is
 * nothing to unsubscribe from yet.
 */
export async function compose(letter: Letter, sender: Sender, bulk = true): Promise<Composed> {
  // A title may look like an encoded word (RFC 2047), and would be shown as what that says.
  const looksEncoded = letter.subject.includes('=?')
  const node = new MailComposer({
    from: { name: sender.name, address: sender.address },
    ...(looksEncoded ? {} : { subject: letter.subject }),
    text: letter.text,
    html: letter.html,
    headers: {
      'Auto-Submitted': 'auto-generated', // RFC 3834: keeps holiday notices from replying
      ...(looksEncoded && { Subject: encodedWords(letter.subject) }),
      // RFC 8058 wants HTTPS; a mail provider that finds less may count it against us.
      ...(bulk &&
        sender.site.startsWith('https:') && {
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
    },
    textEncoding: 'quoted-printable',
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  const source = (await node.build()).toString('latin1')
  const end = source.indexOf('\r\n\r\n')
  const head = source
    .slice(0, end + 2)
    .replace(/^(?:Message-ID|Date):.*(?:\r\n[ \t].*)*\r\n/gim, '')
  return { sender, subject: letter.subject, pieces: cut(head + source.slice(end + 2)), bulk }
}

/** All of it encoded, also what is ASCII; long ones fold between the words. */
const encodedWords = (text: string) => ({
  prepared: true,
  foldLines: true,
  value: encodeWord(text, 'B', 60),
})

/** The message for one recipient. Throws UnfitAddress. */
export function address(
  { sender, subject, pieces, bulk }: Composed,
  { email, messageId, returnPath, unsubscribeAddress, filling, at }: Recipient,
): Mail {
  const to = fitAddress(email)
  const head = [
    `To: ${to}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId}>`,
    ...(bulk ? listHeaders(sender, filling, unsubscribeAddress) : []),
  ]
  const body = pieces
    .map((piece, i) =>
      i % 2 ? `=\r\n${wrap(encode(filling?.[piece as Place] ?? ''), 75)}=\r\n` : piece,
    )
    .join('')
  return {
    from: `${sender.name} <${sender.address}>`,
    envelope: { from: returnPath, to },
    messageId,
    subject,
    raw: `${head.join('\r\n')}\r\n${body}`,
  }
}

function listHeaders(
  { site, domain }: Sender,
  filling: Filling | undefined,
  unsubscribeAddress: string | undefined,
): string[] {
  const headers = [`List-Id: MyMovies reviews <reviews.${domain}>`]
  if (!filling) return headers
  const token = tokenOf(filling.unsubscribeUrl)
  const url = `${site}/api/subscriptions/email/unsubscribe?token=${token}`
  const mailto = unsubscribeAddress?.replaceAll('+', '%2B')
  const ways = [url, ...(mailto ? [`mailto:${mailto}?subject=unsubscribe`] : [])]
  return [...headers, `List-Unsubscribe:\r\n ${ways.map(way => `<${way}>`).join(',\r\n ')}`]
}

/**
 * The address as it may be put between angle brackets: one line, one @, nothing that ends it early;
 * a domain in any script becomes ASCII. Takes more than the form does (`jo..hn@`), because a stricter
 * rule for new readers must not erase those of before.
 */
export function fitAddress(email: string): string {
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  const domain = domainToASCII(email.slice(at + 1))
  if (
    at < 1 ||
    !domain ||
    /[\s\p{C}<>()[\]:;,\\"@]/u.test(local) ||
    !/^[a-z0-9.-]+$/.test(domain) ||
    email.length > 254
  )
    throw new UnfitAddress()
  return `${local}@${domain}`
}

const tokenOf = (url: string) => encodeURIComponent(new URL(url).searchParams.get('token') ?? '')
