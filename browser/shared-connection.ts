/** One connection per browser, not per tab: over HTTP/1.1 the seventh tab with its own would hang. A shared worker holds it; where there is none, the tab that has the lock. */
import { connect, type Connection, type LiveEvent } from './connection'

export interface Shared {
  ask: () => void
  wake: () => void
  leave: () => void
}

/** `seen` is the position that this tab is at. */
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

/** The worker's side. A tab that left and comes back from the browser's memory asks again. */
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

/** The first tab connects and repeats what it hears; when it leaves, the next one has the lock and asks where the others are. */
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
      /* left while waiting */
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
