/** Emails that are kept at the desk because no mail server is set up. */

/** `at` is ISO. */
export interface KeptEmail {
  id: number
  from: string
  to: string
  subject: string
  at: string
}

/** `source` is the whole email as it would be sent. */
export interface OpenedEmail extends KeptEmail {
  html: string
  text: string
  source: string
}
