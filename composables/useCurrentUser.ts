/** The signed-in person when the server rendered the page; null if nobody is signed in, and on public pages. */
export interface Me {
  id: string
  name: string
  email: string
  role: 'owner' | 'editor' | 'critic'
  bio?: string
}

export const useCurrentUser = () => useState<Me | null>('me', () => null)

export async function signOut() {
  await callApi('/api/auth/sign-out', { method: 'POST' })
  await navigateTo('/sign-in', { external: true })
}
