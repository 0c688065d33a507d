/** The addresses of a published review's pictures. */
const path = (id: string, name: string) => `/pictures/${encodeURIComponent(id)}/${name}.jpg`

export const sharePath = (id: string) => path(id, 'share')
export const portraitPath = (id: string) => path(id, 'portrait')
