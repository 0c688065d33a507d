/** A review's life on Mastodon: the built server and a stand-in that follows Mastodon's documentation. */
import { Mastodon } from '../support/mastodon'
import { networkLife } from '../support/network-life'

networkLife('mastodon', async () => {
  const mastodon = await Mastodon.start()
  return {
    env: { NUXT_MASTODON_URL: mastodon.url, NUXT_MASTODON_TOKEN: mastodon.token },
    posts: () => mastodon.statuses.map(({ text }) => text),
    hang: on => {
      mastodon.misbehaviour = on ? { to: 'POST /api/v1/statuses', hang: true } : undefined
    },
    close: () => mastodon.close(),
  }
})
