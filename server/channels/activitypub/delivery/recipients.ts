/**
 * Names the recipients of the ledger: an inbox, once for what a critic did and once for what the
 * publication passed on.
 */

const PASSED_ON = ' announce'

export interface Recipient {
  inbox: string
  /** For those who follow the publication. */
  isAnnounce: boolean
}

export const recipientOf = ({ inbox, isAnnounce }: Recipient) =>
  inbox + (isAnnounce ? PASSED_ON : '')

export const parseRecipient = (recipient: string): Recipient => ({
  inbox: recipient.replace(PASSED_ON, ''),
  isAnnounce: recipient.endsWith(PASSED_ON),
})
