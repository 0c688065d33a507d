/** A review's life on Bluesky: the built server and a real Bluesky server. */
import { networkLife } from '../support/network-life'
import { startPds } from '../support/pds'

// The first run on a machine installs the Bluesky server.
networkLife(
  'bluesky',
  async () => {
    const pds = await startPds()
    const account = await pds.account()
    return {
      env: {
        NUXT_BLUESKY_SERVICE: pds.url,
        NUXT_BLUESKY_IDENTIFIER: account.handle,
        NUXT_BLUESKY_PASSWORD: account.password,
      },
      posts: async () => (await pds.posts(account)).map(({ value }) => value.text),
      hang: on => pds.behave(on ? { to: 'putRecord', hang: true } : undefined),
      close: () => pds.close(),
    }
  },
  600_000,
)
