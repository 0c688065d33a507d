/** npm start: builds if needed, then becomes the server, so that signals and the exit code are the server's own. */
import { onOurNode } from './own-node.mjs'

await onOurNode(async () => {
  const { buildQuietly, isStale } = await import('./build.mjs')
  if (isStale()) {
    const { refuseInVain } = await import('./before-build.mjs')
    await refuseInVain()
    buildQuietly()
  }
  await import('../.output/server/index.mjs')
})
