/** The channels of the AsyncAPI document, and what is sent over each. */

type Heard = Record<keyof typeof CHANNELS, { name: string }[]>

export const channelsOf = (heard: Heard) =>
  Object.fromEntries(
    Object.entries(CHANNELS).map(([id, { does: _, bindings: __, ...channel }]) => [
      id,
      {
        ...channel,
        messages: Object.fromEntries(
          heard[id as keyof Heard].map(({ name }) => [
            name,
            { $ref: `#/components/messages/${name}` },
          ]),
        ),
      },
    ]),
  )

/** The channel of each, and how it is opened. */
export const operationsOf = (heard: Heard) =>
  Object.fromEntries(
    Object.entries(CHANNELS).map(([id, { does, bindings }]) => [
      `send-${id}`,
      {
        action: 'send',
        channel: { $ref: `#/channels/${id}` },
        summary: does,
        bindings,
        messages: heard[id as keyof Heard].map(({ name }) => ({
          $ref: `#/channels/${id}/messages/${name}`,
        })),
      },
    ]),
  )

const onSite = [{ $ref: '#/servers/site' }]

const CHANNELS = {
  events: {
    address: '/api/events',
    title: 'The event stream',
    description:
      'Server-sent events with `Accept: text/event-stream`: the position as id, the type as event, the notice as data. Without it, a page of the same notices. The parameters are in /openapi.json.',
    servers: onSite,
    does: 'Every public event from a position on',
    bindings: { http: { method: 'GET' } },
  },
  live: {
    address: '/live',
    title: 'Live pages',
    description: 'Server-sent events for web pages: small cards. Resumes from Last-Event-ID.',
    servers: onSite,
    does: 'A card for each public event, from now on',
    bindings: { http: { method: 'GET' } },
  },
  webhook: {
    address: null,
    title: 'Webhooks',
    description:
      'A POST to the address of each webhook, signed as Standard Webhooks describes (webhook-id, webhook-timestamp, webhook-signature).',
    does: 'Each notice that a webhook asked for',
    bindings: { http: { method: 'POST' } },
  },
  graphql: {
    address: '/graphql',
    title: 'GraphQL subscriptions',
    description:
      'A subscription is answered with server-sent events (GraphQL over SSE, distinct connections mode), with the picked fields only.',
    servers: onSite,
    does: 'What a subscription asked for, with the position as id',
    bindings: { http: { method: 'POST' } },
  },
  fediverse: {
    address: null,
    title: 'The fediverse',
    description:
      'A POST of an activity to the inbox of each server that follows a critic or the publication (ActivityPub), with an HTTP signature.',
    does: 'An activity for each public event',
    bindings: { http: { method: 'POST' } },
  },
  websub: {
    address: null,
    title: 'WebSub',
    description:
      'A POST of the changed feed to each callback that subscribed at the hub which the feeds name (W3C WebSub), signed with X-Hub-Signature where it gave a secret.',
    does: 'A feed, each time that it changes',
    bindings: { http: { method: 'POST' } },
  },
}
