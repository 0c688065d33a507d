/** Takes from a report what its server says, without the email that it returns. */
import type { Email } from 'postal-mime'

/** Where servers begin to quote the email that did not arrive: a line that says so, or its header. */
const QUOTE = new RegExp(
  [
    String.raw`^[-=*_ \t>|]*(?:below this line is a copy|(?:this|here) is a copy|attachment is a copy|a copy of (?:the|your) (?:original )?message|the following is a copy|received message|your message reads)`,
    String.raw`^[-=*_ \t>|]*(?:begin(?:ning)? of )?(?:the )?(?:header of the )?(?:original|forwarded|returned|undelivered|unsent) (?:message|mail)\b`,
    String.raw`^[-=*_ \t>|]*(?:message header|header of the source|the header and top|mensaje original|urspr.{1,3}ngliche|message text)`,
    '^(?:received|return-path|message-id|mime-version|dkim-signature|list-unsubscribe|x-mailer): ',
  ].join('|'),
  'imu',
)
/** Ours: a film may be called "Address Unknown". */
const OUR_WORDS = /^[> \t]*(?:with )?(?:subject|betreff|objet|asunto|тема)\b.*$/gimu

/** The text of the report; that of its HTML where it has no other. */
export function reportText({ text = '', html = '' }: Email): string {
  const said = (text.trim() ? text : textOf(html)).slice(0, MOST)
  const end = QUOTE.exec(said)?.index ?? said.length
  return said.slice(0, end).replaceAll(OUR_WORDS, '')
}

const MOST = 20_000

const textOf = (html: string) =>
  html.replace(/<(?:br|\/p)[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, ' ')
