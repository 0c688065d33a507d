/** Puts an error into words for people, who see a field's label and not its name in the API: "The year must be at least 1870." */
export interface FieldError {
  /** "movie.title" */
  path: string
  /** Completes a sentence about the field: "must be set". */
  message: string
}

/** The members of a problem document (RFC 9457) that people read. */
export interface Refusal {
  detail?: string
  title?: string
  errors?: FieldError[]
}

const LABELS: Record<string, string> = {
  title: 'The title',
  movie: 'The film',
  'movie.title': 'The film',
  'movie.year': 'The year of the film',
  'movie.genres': 'A genre',
  'movie.poster': 'The poster',
  'movie.poster.alt': 'The description of the poster',
  rating: 'The rating',
  summary: 'The summary',
  body: 'The text',
  tags: 'A tag',
  at: 'The time',
  timeZone: 'The time zone',
  note: 'The note',
  reason: 'The reason',
  parts: 'The wording',
  file: 'The picture',
  url: 'The address',
  types: 'The list of events',
  fields: 'The list of fields',
  from: 'The first position',
  to: 'The last position',
  event: 'The event',
}

/** `otherwise` is used if the server was not reached or gave no reason. */
export function refusalWords(refusal: Refusal | undefined, otherwise: string): string {
  const [first] = refusal?.errors ?? []
  return first
    ? `${labelOf(first.path) ?? 'One field'} ${first.message}.`
    : (refusal?.detail ?? refusal?.title ?? otherwise)
}

/** The label of the path on the desk, or that of its nearest labelled parent. */
function labelOf(path: string): string | undefined {
  for (let at = path; at; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '')
    if (LABELS[at]) return LABELS[at]
}
