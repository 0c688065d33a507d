/** One connection per browser instead of one per tab: over HTTP/1.1 the seventh tab would hang. A shared worker holds it; without shared workers, the tab that has the lock does. */
import { connect, type Connection, type LiveEvent } from './connection'

export interface Shared {
  ask: () => void
  wake: () => void
  leave: () => void
}

/** `seen` is the position that this tab has reached. */
export function share(seen: () => number, hear: (event: LiveEvent) => void): Shared {
  if (window.SharedWorker) return overWorker(seen, hear)
  if (navigator.locks && window.BroadcastChannel) return overLock(seen, hear)
  const own = connect(hear)
  return { ask: () => own.ask(seen()), wake: () => own.wake(seen()), leave: own.close }
}

type Word = ['ask' | 'wake', number] | ['leave']

function overWorker(seen: () => number, hear: (event: LiveEvent) => void): Shared {
  const { port } = new SharedWorker('/live.js', 'live')
  const say = (word: Word) => port.postMessage(word)
  port.onmessage = ({ data }) => hear(data)
  return {
    ask: () => say(['ask', seen()]),
    wake: () => say(['wake', seen()]),
    leave: () => say(['leave']),
  }
}

/** The worker's side. A tab that returns from the back/forward cache asks again. */
export function serveTabs() {
  const tabs = new Set<MessagePort>()
  const connection = connect(event => tabs.forEach(tab => tab.postMessage(event)))
  self.addEventListener('connect', event => {
    const tab = (event as MessageEvent).ports[0]!
    tab.onmessage = ({ data: [verb, after] }: MessageEvent<Word>) => {
      if (verb === 'leave') tabs.delete(tab)
      else {
        tabs.add(tab)
        connection[verb](after)
      }
      if (!tabs.size) connection.close()
    }
  })
}

/** The first tab connects and passes events on to the others; when it closes, the next one gets the lock and asks the others for their positions. */
function overLock(seen: () => number, hear: (event: LiveEvent) => void): Shared {
  const channel = new BroadcastChannel('live')
  let mine: Connection | undefined
  let leave = () => {}
  channel.onmessage = ({ data }: MessageEvent<Word | 'where' | LiveEvent>) => {
    if (data === 'where') channel.postMessage(['ask', seen()])
    else if (!Array.isArray(data)) hear(data)
    else if (data[0] !== 'leave') mine?.[data[0]](data[1])
  }
  const hold = () =>
    new Promise<void>(release => {
      mine = connect(event => {
        hear(event)
        channel.postMessage(event)
      })
      leave = () => {
        mine?.close()
        mine = undefined
        release()
      }
      mine.ask(seen())
      channel.postMessage('where')
    })
  const say = (verb: 'ask' | 'wake') =>
    mine ? mine[verb](seen()) : channel.postMessage([verb, seen()])
  const stand = () => {
    const turn = new AbortController()
    leave = () => turn.abort()
    navigator.locks.request('live', { signal: turn.signal }, hold).catch(() => {
      /* closed while waiting for the lock */
    })
  }
  return {
    ask: () => {
      if (!mine) stand()
      say('ask')
    },
    wake: () => say('wake'),
    leave: () => leave(),
  }
}
