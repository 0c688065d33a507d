/** Sends whoever came by another spelling or a former address of this page to the one that it has, for good (308). */
export async function useCanonicalPath(path: string) {
  const route = useRoute()
  if (decodeURI(route.path) === decodeURI(path)) return
  await navigateTo(path + route.fullPath.slice(route.path.length), { redirectCode: 308 })
}
