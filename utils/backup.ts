/** Keeps what is typed in this browser until the server has it, one entry for each tab. */
import type { Backup } from './autosave/types'
import { ignoreErrors } from './ignore-errors'

const PREFIX = 'mymovies:writing:'

/** The tab's own id: it survives a reload and is not shared with other tabs. */
function tabId(): string {
  const name = 'mymovies:tab'
  const kept = sessionStorage.getItem(name)
  if (kept) return kept
  const fresh = Math.random().toString(36).slice(2)
  sessionStorage.setItem(name, fresh)
  return fresh
}

/** If storage is full or blocked, the text is kept in the page only. */
export function keepBackup(reviewId: string, backup: Backup | undefined) {
  ignoreErrors(() => {
    const key = `${PREFIX}${reviewId}:${tabId()}`
    if (backup) localStorage.setItem(key, JSON.stringify({ ...backup, at: Date.now() }))
    else localStorage.removeItem(key)
  })
}

/** This tab's entry, else the newest one of a dead tab, which this tab then takes over. */
export function findBackup(reviewId: string): Backup | undefined {
  return ignoreErrors(() => {
    const own = `${PREFIX}${reviewId}:${tabId()}`
    const found = Object.keys(localStorage)
      .filter(key => key.startsWith(`${PREFIX}${reviewId}:`))
      .map(key => ({ key, ...(JSON.parse(localStorage.getItem(key)!) as Backup & { at: number }) }))
    const taken = found.find(({ key }) => key === own) ?? found.sort((a, b) => b.at - a.at)[0]
    if (!taken) return undefined
    const { key, at: _, ...backup } = taken
    keepBackup(reviewId, backup)
    if (key !== own) localStorage.removeItem(key)
    return backup
  })
}
