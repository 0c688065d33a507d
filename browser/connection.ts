/** The connection to /live: it passes on each event with its position, and reconnects by itself. */

/** `open` (the first heartbeat has come) and `lost` are about the connection; `reset` means that too much was missed; any other type is what happened to a review, with its card as JSON. */
export interface LiveEvent {
  type: string
  id: number
  data?: string
}

export interface Connection {
  /** Passes on everything after this position, repeating events if need be; a listener recognises a repeat by its id. */
  ask: (after: number) => void
  /** The same, but opens a new connection in case the present one is dead. */
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
/** Three heartbeats of the server. */
const SILENCE_MS = 45_000

export function connect(tell: (event: LiveEvent) => void): Connection {
  let source: EventSource | undefined
  let heard = 0
  let live = false
  let again: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  function open(after: number) {
    close()
    heard = after
    const mine = (source = new EventSource(`/live?lastEventId=${after}`))
    waitForBeat()
    mine.addEventListener('beat', ({ lastEventId }) => {
      hear(lastEventId)
      if (!live) tell({ type: 'open', id: heard })
      live = true
    })
    mine.onerror = () => {
      lose()
      // After a refusal (503), a browser does not try again by itself.
      if (mine.readyState === EventSource.CLOSED)
        again = setTimeout(() => open(heard), LATER_MS * (1 + Math.random()))
    }
    for (const type of TYPES) {
      mine.addEventListener(type, ({ lastEventId, data }) => {
        hear(lastEventId)
        tell({ type, id: heard, data })
      })
    }
  }

  function hear(lastEventId: string) {
    heard = Number(lastEventId) || heard
    waitForBeat()
  }

  /** A connection whose other end is gone may stay open for hours without an error. */
  function waitForBeat() {
    clearTimeout(silence)
    silence = setTimeout(() => {
      lose()
      open(heard)
    }, SILENCE_MS)
  }

  function lose() {
    live = false
    tell({ type: 'lost', id: heard })
  }

  function close() {
    clearTimeout(again)
    clearTimeout(silence)
    source?.close()
    source = undefined
    live = false
  }

  return {
    ask(after) {
      if (!source || after < heard) open(source ? Math.min(after, heard) : after)
      else if (live) tell({ type: 'open', id: heard })
    },
    wake: after => open(source ? Math.min(after, heard) : after),
    close,
  }
}
