/** Every kind of problem that the API answers with, and what it means: `type` leads to the sentence at /developers. */

export const PROBLEMS = {
  'Malformed address': 'The address has an invalid % escape.',
  'Malformed JSON': 'The body is not valid JSON in UTF-8.',
  'Malformed form': 'The body is not the multipart/form-data that its Content-Type promises.',
  'Broken off': 'The request ended before its body did.',
  'No Idempotency-Key': 'An Idempotency-Key has 1 to 255 printable ASCII characters.',
  'No such place': 'Last-Event-ID is a position, a whole number.',
  Refused: 'The request is invalid; the detail says why, where it is known.',
  'Not signed in': 'This needs a session or a token: Authorization: Bearer mm_…',
  'No such reader': 'The manage token is missing or belongs to no subscriber.',
  'Not allowed': 'Your role, or the scopes of your token, do not allow this.',
  'Not from this site':
    'A write with a cookie must come from a page of this site; scripts use a token.',
  'Wrong setup token': 'The token is not the one that the server printed when it started.',
  'Not found': 'There is nothing at this address.',
  'No such review': 'No review that you may see has this id or slug.',
  'No such movie': 'No reviewed film has this id.',
  'No such critic': 'No critic with this id or slug has a review here.',
  'No such picture': 'There is no picture at this address.',
  'No such part': 'No channel has this name.',
  'No such webhook': 'No webhook has this id.',
  'No such token': 'No token has this id.',
  'No such person': 'Nobody at the desk has this id.',
  'No such email': 'The outbox has no email with this id.',
  'No such dead letter':
    'No failed delivery has this id; it may have been sent or skipped meanwhile.',
  'No such alert': 'There is no such alert; it may have been resolved meanwhile.',
  'Method not allowed': 'This address allows other methods; the Allow header names them.',
  'Already set up': 'There is an owner already.',
  'Address taken': 'An account with this email address exists.',
  'Endpoint taken': 'Another subscription with other keys has this push endpoint.',
  'Last owner': 'The only owner cannot be removed.',
  'Not set up': 'The channel lacks its settings and cannot send.',
  'Not possible now': 'The review is in a state that does not allow this; reviewStatus names it.',
  'Changed at the same time':
    'Somebody else changed it in the same moment: load it again, then send again.',
  'Switched off': 'The webhook is turned off; turn it on first.',
  'This review was withdrawn': 'The review was public once; the answer gives the reason.',
  'The link has expired': 'A confirmation link is valid for seven days: ask for a new one.',
  'There is a newer email': 'A later email has other choices; use the link in that one.',
  'Changed meanwhile': 'If-Match names an old version; the answer gives the current one.',
  'Too large': 'The body or the file is larger than allowed.',
  'Not JSON': 'Send the body as application/json.',
  'Not a form': 'Send the body as the kind of form that the detail names.',
  'Packed body': 'Send the body without a Content-Encoding.',
  'Some fields do not fit': 'errors names each invalid field with its path and what it must be.',
  'Not ready to publish': 'The draft lacks something that a public review has; errors names it.',
  'Beyond the log':
    'Your position is greater than head, where the log ends: an older backup was restored, so go on after head.',
  'Idempotency-Key used before':
    'This key was used with another body; a new command needs a new key.',
  'No bounce of ours': 'The report is about no email that was sent from here.',
  'No column names': 'The first line of a CSV file must name the columns.',
  'Not UTF-8': 'Save the file as UTF-8.',
  'Too many requests': 'Retry-After says in how many seconds you may ask again.',
  'Something went wrong here': 'The mistake is ours, and it has been recorded under the id.',
  Busy: 'Nothing was saved; try again after the seconds in Retry-After.',
  'Too many changes at once':
    'Others are changing the same draft; try again after the seconds in Retry-After.',
  'Too many open pages':
    'Your address, or the server, has reached its limit of open /live streams.',
  'Too many streams': 'Your address, or the server, has reached its limit of open event streams.',
  'Too many pictures at once':
    'Pictures are being drawn for others; try again after the seconds in Retry-After.',
} as const satisfies Record<string, string>

export type ProblemTitle = keyof typeof PROBLEMS

/** The name of a kind in addresses: "No such review" is no-such-review. */
export const anchorOf = (title: ProblemTitle): string =>
  title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
