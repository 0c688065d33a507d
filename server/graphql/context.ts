/** What every field may use while one request is answered. */
import type { Views } from '../queries/tables'
import type { Exchange } from './exchange'
import { type Loaders, loadersOf } from './loaders'

export interface Context {
  views: Views
  siteUrl: string
  exchange: Exchange
  /** Of this answer; each result of a stream has its own. */
  load: Loaders
}

export const contextOf = (views: Views, siteUrl: string, exchange: Exchange): Context => ({
  views,
  siteUrl,
  exchange,
  load: loadersOf(views, siteUrl),
})
