/** What an API token may be given. */
export const SCOPES = ['reviews', 'readers', 'webhooks', 'parts', 'metrics'] as const
export type Scope = (typeof SCOPES)[number]
