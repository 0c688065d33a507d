/** npm start: builds if need be, then is the server, so that signals and the exit code are the server's own. */
import { buildIfStale } from './build.mjs'

buildIfStale()
await import('../.output/server/index.mjs')
