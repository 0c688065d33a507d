/** The connection to /live: what it hears it tells, with its position; it comes back by itself. */

/** `open` and `lost` are about the connection; `reset` says that too much was missed; all else is what happened to a review, with the card as JSON. */
export interface LiveEvent {
  type: string
  id: number
  data?: string
}

export interface Connection {
  /** Tells everything after this position, again if need be: whoever hears it twice knows by the id. */
  ask: (after: number) => void
  /** The same, and does not believe that the present connection is alive. */
  wake: (after: number) => void
  close: () => void
}

const TYPES = [
  'review.published',
  'review.fixed',
  'review.corrected',
  'review.archived',
  'review.restored',
  'ratings.changed',
  'reset',
]
const LATER_MS = 5_000

export function connect(tell: (event: LiveEvent) => void): Connection {
  let source: EventSource | undefined
  let heard = 0
  let again: ReturnType<typeof setTimeout> | undefined

  function open(after: number) {
    close()
    heard = after
    const mine = (source = new EventSource(`/live?lastEventId=${after}`))
    mine.onopen = () => tell({ type: 'open', id: heard })
    mine.onerror = () => {
      tell({ type: 'lost', id: heard })
      // Turned away (503), a browser does not try again by itself.
      if (mine.readyState === EventSource.CLOSED)
        again = setTimeout(() => open(heard), LATER_MS * (1 + Math.random()))
    }
    for (const type of TYPES) {
      mine.addEventListener(type, ({ lastEventId, data }) => {
        heard = Number(lastEventId) || heard
        tell({ type, id: heard, data })
      })
    }
  }

  function close() {
    clearTimeout(again)
    source?.close()
    source = undefined
  }

  return {
    ask(after) {
      if (!source || after < heard) open(source ? Math.min(after, heard) : after)
      else if (source.readyState === EventSource.OPEN) tell({ type: 'open', id: heard })
    },
    wake: after => open(source ? Math.min(after, heard) : after),
    close,
  }
}
