/** Every kind of problem that the API returns, and what it means: a problem's `type` links to its sentence at /developers. */

/** Titles say what is wrong, in the order of their status codes. */
export const PROBLEMS = {
  'The address is malformed': 'The address has an invalid % escape.',
  'The body is not valid JSON': 'The body cannot be parsed as JSON, or is not UTF-8.',
  'The form is malformed':
    'The body is not the multipart/form-data that its Content-Type announces.',
  'The body is incomplete': 'The connection was closed before the whole body had arrived.',
  'The activity is malformed':
    'The body is not an activity as ActivityPub describes it; the detail says why.',
  'The Idempotency-Key is malformed':
    'An Idempotency-Key has 1 to 255 printable ASCII characters without spaces.',
  'The Last-Event-ID is malformed': 'Last-Event-ID is a position in the log, a whole number.',
  'The request was refused': 'The request could not be processed; the detail says why.',
  'Not signed in': 'This needs a session or a token: Authorization: Bearer mm_…',
  'The manage token is not valid':
    'The manage token is missing, or its subscription no longer exists.',
  'The signature is not valid':
    'An activity needs the HTTP signature of its actor, over its body and this address; the detail says what is wrong.',
  'Not allowed': 'You are signed in, but your role or the scopes of your token do not allow this.',
  'The activity is about somebody else’s':
    'An actor may only change what is their own; the detail says whose it is.',
  'The request is not from this site':
    'A write with a cookie must come from a page of this site; scripts use a token.',
  'The setup token is wrong': 'The token is not the one that the server printed when it started.',
  'Not found': 'There is nothing at this address.',
  'No such review': 'No review that you may see has this id or slug.',
  'No such movie': 'No reviewed film has this id.',
  'No such critic': 'No critic with a published review has this id or slug.',
  'No such account': 'Nobody here has this name or address in the fediverse.',
  'No such activity': 'No activity of ours has this address.',
  'No such reply': 'No reply has this address; its author may have deleted it.',
  'No such genre': 'No review has had this genre.',
  'No such event': 'No event has this name; /editor/event-map shows them all.',
  'No such schema': 'No schema has this name; /asyncapi.json names them all.',
  'No such picture': 'There is no picture at this address.',
  'No such part': 'No channel has this name.',
  'No such webhook': 'No webhook has this id.',
  'No such token': 'No token has this id.',
  'No such session': 'You have no session with this id; it may have ended.',
  'No such person': 'Nobody with an account here has this id.',
  'No such email': 'The outbox has no email with this id.',
  'No such dead letter':
    'No dead letter has this id; it may have been sent again or skipped in the meantime.',
  'No such alert': 'No open alert has this name; it may have been resolved in the meantime.',
  'Method not allowed': 'The address does not support this method; the Allow header lists others.',
  'The answer is a stream':
    'A GraphQL subscription is answered with text/event-stream, which Accept must allow.',
  'Already set up': 'The site has an owner already.',
  'The email address is taken': 'An account with this email address exists.',
  'The push endpoint is taken':
    'Another subscription uses this push endpoint, with different keys.',
  'The site needs an owner': 'The only owner cannot be removed or given another role.',
  'The part is not set up': 'The part lacks its settings and cannot send.',
  'The text is not sealed':
    'The review was written before texts were sealed on the log; the operator seals them with a command first.',
  'The activity came before': 'The same signed request was received before; nothing was changed.',
  'The review is in the wrong state':
    'The review’s status does not allow this; reviewStatus names it.',
  'Two changes at the same time':
    'Somebody else changed it at the same moment: load it again, then send again.',
  'The webhook is switched off': 'Switch the webhook on first.',
  'This picture was withdrawn': 'No review shows it any more, or it was taken down for good.',
  'This review was withdrawn': 'The review was public once; the detail gives the reason.',
  'The confirmation link has expired':
    'The link in a confirmation email works for seven days: subscribe again to get a new one.',
  'There is a newer confirmation link':
    'A later email confirms different choices; only the link in the newest one works.',
  'The review has changed': 'If-Match names an old version; current has the new one.',
  'The body is too large': 'The body or the file is larger than this address accepts.',
  'The body must be JSON': 'Send the body with Content-Type: application/json.',
  'The body must be an activity': 'Send the body with Content-Type: application/activity+json.',
  'The body must be a form': 'Send the body as the kind of form that the detail names.',
  'The body must not be compressed': 'Send the body as it is, without a Content-Encoding.',
  'Some fields are not valid':
    'Each field that is not valid is listed in errors, with its path and what it must be.',
  'The review is not ready to publish':
    'The draft lacks something that a published review needs; errors names it.',
  'The position is beyond the log':
    'Your position is greater than head, where the log ends: an older backup was restored, so continue after head.',
  'The Idempotency-Key was used before':
    'This key was sent with a different body before; a new command needs a new key.',
  'The bounce is not about our mail': 'The report is not about an email that was sent from here.',
  'The body must be the list itself':
    'A list of readers is sent as the body, not inside a form, an archive or a spreadsheet.',
  'The file is neither CSV nor NDJSON': 'The file is of another kind; the detail says which.',
  'The column names are missing': 'The first line of a CSV file must name the columns.',
  'The file is not UTF-8': 'Save the file as UTF-8 and send it again.',
  'Too many requests': 'Retry-After says in how many seconds you may ask again.',
  'Something went wrong on the server':
    'It is not your fault, and the error was logged; id finds it in the log.',
  'The server is busy': 'Nothing was saved; try again after the seconds in Retry-After.',
  'Too many changes at once':
    'Others are changing the same draft; try again after the seconds in Retry-After.',
  'Too many open pages':
    'Your address, or the whole site, has reached its limit of open /live streams.',
  'Too many streams': 'Your address, or the whole site, has reached its limit of event streams.',
  'Too many pictures at once':
    'Pictures are being drawn for others; try again after the seconds in Retry-After.',
} as const satisfies Record<string, string>

export type ProblemTitle = keyof typeof PROBLEMS

/** The anchor of a kind in links: "No such review" becomes no-such-review. */
export const anchorOf = (title: ProblemTitle): string =>
  title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
