/** Where the pictures of a published review are found. */
const path = (id: string, name: string) => `/pictures/${encodeURIComponent(id)}/${name}.jpg`

export const sharePath = (id: string) => path(id, 'share')
export const portraitPath = (id: string) => path(id, 'portrait')
